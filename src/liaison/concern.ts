/** What a relative or friend may need themselves; their own help, whoever it is about. */
export const ownNeeds = {
  safety: "To be safe themselves",
  "someone-to-talk-to": "Somebody to talk to",
  information: "To understand what is happening",
  overdose: "To know what to do in an overdose",
  carer: "Relief from caring for somebody",
  children: "Help for children in the family",
  money: "Money or housing",
  health: "Their own health",
} as const;
export const ownNeedCodes = Object.keys(ownNeeds) as (keyof typeof ownNeeds)[];

/** What was offered to whoever called. */
export const offers = {
  "family-service": "A family service or group",
  "naloxone-training": "Naloxone training",
  "carers-assessment": "An assessment of their own needs",
  "referral-for-them": "A referral for themselves",
  "crisis-numbers": "Numbers to call at any hour",
  "call-back": "A call back",
} as const;
export const offerCodes = Object.keys(offers) as (keyof typeof offers)[];

/** Read aloud: true of everybody, so that it neither confirms nor denies. */
export const SCRIPT = [
  "I can't say whether we know anybody. That is so for everyone, and it protects the person you are thinking of.",
  "I can listen to whatever you want to tell me, and I will write it down.",
  "And there is help for you, too: you need not be anybody's relative to get it.",
] as const;

/** What to say where somebody is in danger at this moment; there is no record to raise an alert on. */
export function dangerNow(number: string): string[] {
  return [
    `If you are with them, or know where they are: call ${number} now. You need nobody's leave for that.`,
    "If they cannot be woken or hardly breathe: give naloxone if you have it, lay them on their side, stay.",
    `If you yourself are in danger: get to safety first, then call ${number}.`,
  ];
}

export function needWords(code: string): string {
  return ownNeeds[code as keyof typeof ownNeeds] ?? code;
}
export function offerWords(code: string): string {
  return offers[code as keyof typeof offers] ?? code;
}
