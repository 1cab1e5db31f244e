import { useLoaderData } from "react-router";
import { findActivePrograms } from "../../episodes/store.ts";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import { done, Form } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { addUnit, findUnits } from "../unit-store.ts";
import { FormButtonsTo } from "./form-buttons.tsx";
import { UnitFields } from "./unit-fields.tsx";
import { readUnit } from "./unit-form.ts";

export const meta = () => [{ title: "A new unit · Throughcare" }];

export const loader = page("unit.manage", async ({ db }) => ({
  programs: await findActivePrograms(db),
  providers: await findProviderChoices(db),
  rehabs: (await findUnits(db)).filter(({ kind }) => kind === "rehab"),
}));

export const action = act("unit.manage", async (visit) => {
  const { db, by } = visit;
  const read = await readUnit(visit, { id: null, programs: await findActivePrograms(db) });
  if (read.refusal) return read.refusal;
  const id = await addUnit(db, by, read.value);
  return done(paths.unit(id), "Unit added");
});

export default function NewUnit() {
  const { programs, providers, rehabs } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="A new unit" about="Its beds are added on its own page." />
      <Form>
        <UnitFields unit={null} {...{ programs, providers, rehabs }} />
        <FormButtonsTo to={paths.units()}>Add the unit</FormButtonsTo>
      </Form>
    </>
  );
}
