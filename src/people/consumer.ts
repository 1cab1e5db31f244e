/** The names a person goes by. */
export type Named = { given_name: string; family_name: string; preferred_name?: string | null };

/** The name as it is written on lists: the preferred one first, where there is one. */
export function fullName({ given_name, family_name, preferred_name }: Named): string {
  return `${preferred_name || given_name} ${family_name}`;
}

/** A person that a search found, and where to go for them. */
export type Found = { id: string; name: string; born: string | null; number: string; to: string };
