import { addDays } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import type { DemonstrationAgency } from "./agency.ts";

/** What a caller told about themselves, and the referrals for them; days before or after today. */
type Relative = {
  caller: string;
  asked: { on: number; by: string };
  needs: {
    needs: string;
    safety: string;
    violence: string;
    children: string;
    caring?: string;
    health?: string;
    would_help: string;
  };
  referrals: {
    to: string | null;
    what: string;
    by: string;
    made: number;
    chase: number;
    sent?: { on: number; how: string; told: string | null; consent: "spoken" | "written" | null };
    after?: { status: string; on: number; said?: string }[];
  }[];
};

export const englandRelatives: Relative[] = [
  {
    caller: "Mrs Pell",
    asked: { on: -3, by: "nia@alderway.example" },
    needs: {
      needs: "To be told that she may say no to him, and somebody to talk to who will not judge.",
      safety: "worried",
      violence: "no",
      children: "none",
      caring: "Cooks, cleans up after him, rings his work for him. Has not been out since June.",
      health: "Sleeps three hours. Her doctor knows nothing of it.",
      would_help: "A group of people in the same place, in the daytime.",
    },
    referrals: [
      {
        to: "Families Together",
        what: "The daytime group for partners, and an assessment of her own needs as a carer",
        by: "nia@alderway.example",
        made: -3,
        chase: 4,
        sent: {
          on: -3,
          how: "telephone",
          told: "Her name and number, that she looks after somebody who drinks, and that she asks for the daytime group.",
          consent: "spoken",
        },
        after: [{ status: "accepted", on: -1, said: "First meeting on Thursday; they ring her" }],
      },
    ],
  },
  {
    caller: "A mother, would not give her name",
    asked: { on: -1, by: "nia@alderway.example" },
    needs: {
      needs: "To know what to do if he does not wake up.",
      safety: "safe",
      violence: "no",
      children: "none",
      would_help: "Naloxone in the house, and a number that answers at night.",
    },
    referrals: [
      {
        to: "Families Together",
        what: "Naloxone training for families",
        by: "nia@alderway.example",
        made: -1,
        chase: 0,
        sent: { on: -1, how: "themselves", told: null, consent: null },
      },
    ],
  },
];

export const missouriRelatives: Relative[] = [
  {
    caller: "A sister",
    asked: { on: -2, by: "ana@demo.example" },
    needs: {
      needs: "Somebody for the children after school, and a night's sleep.",
      safety: "safe",
      violence: "before",
      children: "worried",
      caring: "Has her brother's two children this week beside her own.",
      would_help: "Help with the children, and somebody to talk to.",
    },
    referrals: [
      {
        to: null,
        what: "Family support: talking, and what to say to the children",
        by: "ana@demo.example",
        made: -2,
        chase: 0,
      },
      {
        to: "Valley Behavioral Health",
        what: "The evening group for families",
        by: "ana@demo.example",
        made: -2,
        chase: 5,
        sent: {
          on: -2,
          how: "telephone",
          told: "Her name and number, and that she asks for the evening group for families.",
          consent: "spoken",
        },
      },
    ],
  },
];

/** Help of their own for those who called. */
export async function relatives(
  db: Acting,
  agency: DemonstrationAgency,
  told: readonly Relative[],
): Promise<void> {
  const on = (days: number) => addDays(agency.today, days);
  const agency_id = agency.agencyId;
  for (const one of told) {
    const { id: call_id } = await db
      .selectFrom("concern_call")
      .select("id")
      .where("agency_id", "=", agency_id)
      .where("caller", "=", one.caller)
      .executeTakeFirstOrThrow();
    await db
      .insertInto("relative_need")
      .values({
        ...{ agency_id, call_id, ...one.needs, crisis_now: false },
        recorded_by: agency.staffId(one.asked.by),
        recorded_at: `${on(one.asked.on)}T16:45:00Z`,
      })
      .execute();
    for (const referral of one.referrals) {
      const { to, what, by, made, chase, sent, after = [] } = referral;
      const staff = agency.staffId(by);
      const provider = to
        ? await db
            .selectFrom("provider")
            .select("id")
            .where("agency_id", "=", agency_id)
            .where("name", "=", to)
            .executeTakeFirstOrThrow()
        : null;
      const last = after.at(-1);
      const { id: referral_id } = await db
        .insertInto("concern_referral")
        .values({
          ...{ agency_id, call_id, what, owner_id: staff, created_by: staff },
          ...{ provider_id: provider?.id ?? null, chase_on: on(chase) },
          ...{
            created_at: `${on(made)}T17:00:00Z`,
            status: last?.status ?? (sent ? "sent" : "open"),
          },
          ...{ sent_on: sent ? on(sent.on) : null, sent_how: sent?.how ?? null },
          ...{ told: sent?.told ?? null, consent_how: sent?.consent ?? null },
          consent_on: sent?.consent ? on(sent.on) : null,
          consent_by: sent?.consent ? staff : null,
          outcome: last?.said ?? null,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      const steps = [
        { status: "open", on: made, said: null },
        ...(sent ? [{ status: "sent", on: sent.on, said: null }] : []),
        ...after.map((step) => ({ ...step, said: step.said ?? null })),
      ];
      await db
        .insertInto("concern_referral_step")
        .values(
          steps.map((step, index) => ({
            ...{ agency_id, referral_id, recorded_by: staff, remark: step.said },
            ...{ status: step.status, on_day: on(step.on) },
            recorded_at: `${on(step.on)}T17:0${index}:00Z`,
          })),
        )
        .execute();
    }
  }
}
