import { inCommunity } from "./england-community.ts";
import { inResidence } from "./england-residence.ts";
import type { Story } from "./stories.ts";

/*
 * The people of the agency in England, by key. Each room adds what it keeps of them from a file of
 * its own (install.ts, `rooms`); days are counted from today.
 *
 * | key      | where they are                | their story in a line                                      |
 * |----------|-------------------------------|------------------------------------------------------------|
 * | keeley   | referred yesterday, URGENT    | 22 weeks pregnant, using heroin; sent by her midwife; not yet triaged |
 * | idris    | referred 3 days ago, routine  | rang himself about cocaine; not yet triaged                |
 * | callum   | triaged, assessment to come   | heroin and crack, injects; referred by arrest referral 8 days ago |
 * | shanice  | waiting list, day 19 of 21    | cannabis and alcohol; assessed, no start offered yet       |
 * | tobias   | Community Team                | severe mental illness (bipolar) beside amphetamine; shared with the mental health team |
 * | rhian    | Community Team, came back     | finished rehab last year, relapsed 3 weeks ago: two linked episodes |
 * | sunita   | Community Team                | steady on relapse-prevention prescribing, back at work part-time |
 * | gareth   | Quayside Detox, day 5         | alcohol and diazepam; liver disease; Alder House is to follow |
 * | yusuf    | Alder House, week 6           | heroin; came from Quayside as one stay                     |
 * | bronwen  | Alder House, women only       | her daughter Cerys (3) lives there with her                |
 * | marek    | Alder House, week 2           | wants a 12-step programme; Polish, with an interpreter     |
 * | leanne   | Second Step                   | ten weeks steady, volunteering                             |
 * | dominic  | Second Step                   | used again on Saturday; the review with him is to come     |
 * | segun    | Aftercare, since 9 days       | completed rehab and second stage                           |
 * | pauline  | Aftercare, since 100 days     | completed; liver clinic, grandchildren, choir              |
 * | kieran   | left Quayside 2 days ago      | walked out on day 4; nobody has reached him yet            |
 */
export const englandStories: readonly Story[] = [...inCommunity, ...inResidence];
