import { z } from "zod";
import { parseDay } from "../../kernel/day.ts";
import { parseEndTime, parseTime } from "../../kernel/time.ts";
import { parseForm } from "../../web/form.tsx";
import { ask } from "../../web/guard.ts";
import { planChoices } from "../conference-plan.ts";
import { findBelonging, findLeads } from "../schedule-store.ts";
import { type Foresight, foresee } from "./advice-for.ts";

const sketchForm = z.object({
  day: z.string().optional(),
  starts: z.string().optional(),
  ends: z.string().optional(),
  room: z.uuid().optional(),
  lead: z.uuid().optional(),
  program: z.uuid().optional(),
  plan: z.enum(planChoices).optional(),
  supports: z.array(z.string()).max(60).default([]),
  /** The appointment that is looked at, so that it does not stand in its own way. */
  except: z.uuid().optional(),
});

/** The rule panel's question while a booking is filled in; null while day and times are none. */
export const action = ask("record.read", async (visit): Promise<Foresight | null> => {
  const { value } = parseForm(sketchForm, visit.form);
  const day = value && parseDay(value.day ?? "");
  const starts = value && parseTime(value.starts?.slice(0, 5) ?? "");
  const ends = value && parseEndTime(value.ends?.slice(0, 5) ?? "");
  if (!value || !day || !starts || !ends || ends <= starts) return null;
  const { programs } = await findBelonging(visit.db, visit.consumerId);
  const leads = await findLeads(visit.db, visit.today);
  return foresee(
    visit,
    {
      ...{ day, starts, ends },
      roomId: value.room ?? "",
      staffId: leads.find(({ id }) => id === value.lead)?.id ?? "",
      programId: programs.find(({ id }) => id === value.program)?.id ?? null,
      plan: value.plan ?? null,
      supportIds: value.supports,
    },
    value.except ?? null,
  );
});
