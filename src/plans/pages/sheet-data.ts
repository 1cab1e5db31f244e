import { noSuchPage, type Visit } from "../../web/guard.ts";
import { linesOf, namesFlagged, type Sheet } from "../sheet.ts";
import { findSheetNames } from "../sheet-store.ts";
import type { SheetData } from "./home-sheet.tsx";

/** Whose sheet it is, who it comes from, and the names that must not stand on it. */
export async function sheetData(visit: Visit, sheet: Sheet, back: string): Promise<SheetData> {
  const { db, me, consumerId } = visit;
  const names = await findSheetNames(db, consumerId);
  if (!names) throw noSuchPage();
  const neutral = me.agency.neutralName.toLowerCase();
  return {
    sheet,
    back,
    firstName: names.firstName,
    from: { name: me.agency.neutralName, phone: me.agency.phone },
    flagged: linesOf(sheet).filter((line) => namesFlagged(line, names.around, names.ownNames)),
    names: [me.agency.name, ...names.programs].filter((name) => name.toLowerCase() !== neutral),
  };
}
