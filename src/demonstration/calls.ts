import { addDays } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import type { DemonstrationAgency } from "./agency.ts";

const NIA = "nia@alderway.example";
const TOM = "tom@alderway.example";
const ADE = "ade@alderway.example";
const ELLIE = "ellie@alderway.example";

type DemonstrationCall = {
  on: number;
  by: string;
  owner: string | null;
  follow: number | null;
  caller: string;
  callback?: string;
  about: string;
  said: string;
  danger: boolean | null;
  needs: string[];
  offered: string[];
  closed?: { on: number; outcome: string };
  linked?: boolean;
};

export const englandCalls: DemonstrationCall[] = [
  {
    on: -1,
    by: TOM,
    owner: NIA,
    follow: 0,
    caller: "A mother, would not give her name",
    callback: "01632 960250",
    about: "Her son, 29",
    said: "He sleeps at a friend's and does not answer. She found foil in his old room and cannot sleep.",
    danger: false,
    needs: ["someone-to-talk-to", "overdose"],
    offered: ["family-service", "naloxone-training", "call-back"],
    linked: true,
  },
  {
    on: -3,
    by: ADE,
    owner: null,
    follow: -1,
    caller: "Mrs Pell",
    callback: "01632 960251",
    about: "Her husband",
    said: "He drinks from the morning on. She is tired and asked what she may say to him.",
    danger: false,
    needs: ["carer", "information"],
    offered: ["carers-assessment", "crisis-numbers"],
  },
  {
    on: -6,
    by: NIA,
    owner: NIA,
    follow: -4,
    caller: "A neighbour",
    about: "The man upstairs",
    said: "Heard him fall and got no answer at the door.",
    danger: true,
    needs: [],
    offered: ["crisis-numbers"],
    closed: {
      on: -6,
      outcome:
        "Told to call 999 at once, and did while we spoke. Rang off when the ambulance came.",
    },
  },
];

export const missouriCalls: DemonstrationCall[] = [
  {
    on: -2,
    by: "flo@demo.example",
    owner: "ana@demo.example",
    follow: 1,
    caller: "A sister",
    callback: "(573) 555-0177",
    about: "Her brother",
    said: "He called her at night and made no sense. She has his children this week.",
    danger: false,
    needs: ["children", "someone-to-talk-to"],
    offered: ["family-service", "call-back"],
  },
];

/** Calls of relatives and others. */
export async function calls(
  db: Acting,
  agency: DemonstrationAgency,
  heard: readonly DemonstrationCall[],
  linkedTo: string | null,
): Promise<void> {
  const on = (days: number) => addDays(agency.today, days);
  await db
    .insertInto("concern_call")
    .values(
      heard.map((call) => ({
        agency_id: agency.agencyId,
        consumer_id: call.linked ? linkedTo : null,
        at: `${on(call.on)}T16:25:00Z`,
        taken_by: agency.staffId(call.by),
        caller: call.caller,
        callback: call.callback ?? null,
        safe_to_call_back: call.callback ? "Between ten and two" : null,
        about_whom: call.about,
        said: call.said,
        danger_now: call.danger,
        own_needs: call.needs,
        offered: call.offered,
        owner_id: call.owner && agency.staffId(call.owner),
        follow_up_on: call.follow === null ? null : on(call.follow),
        closed_on: call.closed ? on(call.closed.on) : null,
        outcome: call.closed?.outcome ?? null,
      })),
    )
    .execute();
}

/** Days ago, by whom, who, what; naloxone where the last is true. */
const dropIns: [number, string, string | null, string[], string | null, boolean][] = [
  [0, ADE, "Shaz", ["drop-in", "advice"], "A letter about her rent", false],
  [0, TOM, null, ["needle-exchange", "harm-reduction"], null, true],
  [-1, ADE, "Big Pete", ["drop-in"], null, false],
  [-1, NIA, null, ["telephone", "advice"], "Asked how long detox takes", false],
  [-2, ADE, "Shaz", ["practical-help"], "Filled in the form together", false],
  [-2, ELLIE, "Mo", ["group"], "First time at the Wednesday group", false],
  [-3, TOM, null, ["needle-exchange"], null, true],
  [-4, NIA, "J.", ["harm-reduction"], "Uses alone; shown the app that checks in", true],
  [-5, ADE, "Big Pete", ["drop-in", "relapse-prevention"], null, false],
  [-6, ADE, null, ["drop-in"], null, false],
  [-7, ELLIE, "Mo", ["telephone"], "Bad night, talked it through", false],
  [-7, TOM, null, ["needle-exchange"], null, false],
  [-8, NIA, "Kaz", ["advice"], "Where to take her mother's tablets", false],
  [-8, ADE, "Shaz", ["drop-in"], null, false],
  [-9, ADE, null, ["drop-in", "practical-help"], "A shower and socks", false],
  [-10, TOM, null, ["needle-exchange", "harm-reduction"], null, true],
  [-11, NIA, "Kaz", ["telephone"], null, false],
  [-12, ADE, "Big Pete", ["drop-in"], null, false],
  [-13, ELLIE, null, ["group"], null, false],
];

/** Two weeks of open access. */
export async function contacts(db: Acting, agency: DemonstrationAgency, pauline: string | null) {
  const rows = dropIns.map(([days, by, nickname, kinds, note, naloxone], index) => ({
    agency_id: agency.agencyId,
    consumer_id: null as string | null,
    nickname,
    at: `${addDays(agency.today, days)}T${String(days === 0 ? 0 : 9 + (index % 7)).padStart(2, "0")}:${index % 2 ? "35" : "10"}:00Z`,
    kinds,
    completed_treatment: nickname === "Mo" ? true : null,
    naloxone_given: naloxone,
    overdose_advice: naloxone,
    note,
    recorded_by: agency.staffId(by),
  }));
  await db
    .insertInto("open_contact")
    .values([
      ...rows,
      {
        agency_id: agency.agencyId,
        consumer_id: pauline,
        nickname: null,
        at: `${addDays(agency.today, -4)}T11:20:00Z`,
        kinds: ["drop-in", "relapse-prevention"],
        completed_treatment: true,
        naloxone_given: false,
        overdose_advice: false,
        note: "Came by after choir; all well, glad of a chat",
        recorded_by: agency.staffId(NIA),
      },
    ])
    .execute();
}
