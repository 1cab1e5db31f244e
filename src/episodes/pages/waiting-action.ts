import { z } from "zod";
import type { Day } from "../../kernel/day.ts";
import {
  day,
  done,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
} from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { whyNotStart } from "../episode.ts";
import { answerOffer, insertOffer } from "../intake-store.ts";
import { type OfferAnswer, offerAnswers, whyNotOffer } from "../referral-in.ts";
import { findEnrolments, findEpisodes, lockEpisodes, startEnrolment } from "../store.ts";
import { findWait } from "../waiting-store.ts";
import { helpForm, keepHelp } from "./interim-help-action.ts";

const steps = z.discriminatedUnion("intent", [
  helpForm.extend({ intent: z.literal("help"), id: identifier() }),
  z.object({
    intent: z.literal("offer"),
    id: identifier(),
    start_on: day("Choose the day"),
    note: optionalText(1000),
  }),
  z.object({
    intent: z.literal("answer"),
    id: identifier(),
    answer: z.enum(Object.keys(offerAnswers) as [OfferAnswer], "Choose the answer"),
    note: optionalText(1000),
  }),
]);

/** Offers a start, or writes its answer down: an accepted one begins the enrolment on its day. */
export async function waitingAction(visit: FormVisit) {
  const { db, by, form, today, url, listed } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const wait = await findWait(db, given.id);
  if (!wait)
    return refuseField(form, "form", "They do not wait any longer: a colleague was faster.");
  const { consumer_id: consumerId } = wait;
  await listed([consumerId]);
  await lockEpisodes(db, consumerId);
  const here = `${paths.waiting()}${backTo(url)}`;
  if (given.intent === "help") {
    const of = { consumerId, episodeId: wait.episode_id };
    return (await keepHelp(visit, of, given)) ?? done(here, "The help is recorded");
  }
  if (given.intent === "offer") {
    const why = whyNotOffer(wait, given.start_on, today);
    if (why) return refuseField(form, "start_on", why);
    await insertOffer(
      db,
      by,
      { consumerId, episodeId: wait.episode_id, programId: wait.program_id },
      { offeredOn: today, startOn: given.start_on, note: given.note ?? null },
    );
    return done(here, "A start is offered");
  }
  if (!wait.offer_id || !wait.offered_for) {
    return refuseField(form, "answer", "No offer is open: a colleague was faster.");
  }
  if (given.answer === "did-not-come" && wait.offered_for > today) {
    return refuseField(form, "answer", "The day that was offered is still to come.");
  }
  if (given.answer === "accepted") {
    const enrolments = await findEnrolments(db, consumerId);
    const episode = (await findEpisodes(db, consumerId)).find(({ id }) => id === wait.episode_id);
    const enrolment = enrolments.find(({ id }) => id === wait.enrolment_id);
    if (!episode || !enrolment) throw noSuchPage();
    const why = whyNotStart(episode, enrolment, enrolments, wait.offered_for as Day, today);
    if (why) return refuseField(form, "answer", why.message);
  }
  const told = { answer: given.answer, on: today, note: given.note ?? null };
  await answerOffer(db, by, { consumerId, offerId: wait.offer_id }, told);
  if (given.answer === "accepted") {
    await startEnrolment(db, consumerId, wait.enrolment_id, wait.offered_for as Day);
    return done(here, "Accepted: the first day is set");
  }
  return done(here, "Written down: another start is to be offered");
}

/** The list that was being looked at, without the form that was open on it. */
function backTo(url: URL): string {
  const kept = ["program", "page"].flatMap((name) => {
    const value = url.searchParams.get(name);
    return value ? [[name, value]] : [];
  });
  return kept.length > 0 ? `?${new URLSearchParams(kept)}` : "";
}
