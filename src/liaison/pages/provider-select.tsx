import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import type { ProviderKind } from "../provider.ts";

type Choice = { id: string; name: string; kinds: string[]; locality: string | null };

/** A service of the directory; those that help with the need at hand come first. */
export function ProviderSelect({
  providers,
  kind,
  ...props
}: { providers: readonly Choice[]; kind: ProviderKind | null } & NativeSelectProps) {
  const fits = (one: Choice) => kind !== null && one.kinds.includes(kind);
  const options = (list: readonly Choice[]) =>
    list.map((one) => (
      <option key={one.id} value={one.id}>
        {one.locality ? `${one.name}, ${one.locality}` : one.name}
      </option>
    ));
  const near = providers.filter(fits);
  const rest = providers.filter((one) => !fits(one));
  return (
    <NativeSelect {...props}>
      <option value="">Choose…</option>
      {near.length > 0 && <optgroup label="For this need">{options(near)}</optgroup>}
      {near.length > 0 ? <optgroup label="Others">{options(rest)}</optgroup> : options(rest)}
    </NativeSelect>
  );
}
