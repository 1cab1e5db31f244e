/** What an assessment found, by the person's key: substances as name, days of 28, route, amount, age. */
export type Found = {
  substances: [name: string, days: number, route: string, amount: string, first: number][];
  /** Answers besides; what is not said here is not asked, or is unremarkable. */
  says: Record<string, string | number | boolean | string[]>;
};

const calm = { risk_to_self: "none", risk_to_others: "none", injecting: "never" };

/** People of the agency in England. */
export const foundInEngland: Record<string, Found> = {
  shanice: {
    substances: [
      ["Cannabis", 26, "smoke", "4 or 5 spliffs", 15],
      ["Alcohol", 12, "oral", "A bottle of wine", 16],
    ],
    says: {
      ...calm,
      risk_to_self: "some",
      risk_note: "Low after losing her job; no plan. Her father calls round most days.",
      psychological_health: "Low mood, worse in the evenings; saw her GP once.",
      housing: "settled",
      employment: "none",
      wants: "To stop smoking all day and get out of the house again.",
      summary: "Structured psychosocial treatment in the community; group for cannabis.",
    },
  },
  tobias: {
    substances: [
      ["Amphetamine", 9, "sniff", "1 g", 22],
      ["Alcohol", 6, "oral", "4 cans", 17],
    ],
    says: {
      ...calm,
      risk_to_self: "some",
      risk_note:
        "Has been high in relapses of his illness. Crisis plan with the mental health team.",
      psychological_health: "Bipolar disorder; depot every four weeks. Sleep goes first.",
      severe_mental_illness: true,
      housing: "settled",
      employment: "unable",
      offending: "Two fines for possession.",
      offending_now: false,
      wants: "To stay out of hospital, and to know what to do when I feel flat.",
      summary: "Shared care with the community mental health team; joint review each month.",
    },
  },
  rhian: {
    substances: [["Alcohol", 20, "oral", "A bottle of vodka", 18]],
    says: {
      ...calm,
      risk_of_violence_at_home: true,
      risk_note: "Her partner is violent when he drinks: never call while he is in.",
      psychological_health: "Anxious, sleeps three or four hours.",
      physical_health: "Lost a stone since spring.",
      housing: "problem",
      employment: "work",
      wants: "To get back to where I was last summer.",
      wants_women_only: true,
      summary:
        "Came back three weeks after a relapse. Community now; a women-only placement if it does not hold.",
    },
  },
  sunita: {
    substances: [["Alcohol", 2, "oral", "2 glasses of wine", 24]],
    says: {
      ...calm,
      physical_health: "Raised blood pressure, followed up by her GP.",
      housing: "settled",
      employment: "work",
      children_at_home: 2,
      children_safeguarding: "No concerns; her husband and mother-in-law are at home.",
      wants: "No drinking at home or at work.",
      summary: "Relapse-prevention prescribing with keywork every fortnight.",
    },
  },
  gareth: {
    substances: [
      ["Alcohol", 28, "oral", "30 units a day", 16],
      ["Benzodiazepines", 24, "oral", "Diazepam 30 mg", 34],
    ],
    says: {
      ...calm,
      injecting: "before",
      overdose_ever: true,
      overdose_last_year: false,
      physical_health: "Withdrawal fits twice. Needs a detox with a nurse at night.",
      liver_disease: true,
      housing: "settled",
      employment: "none",
      offending: "Driving ban until next year.",
      risk_to_self: "some",
      wants: "To come off both safely, and then somewhere longer.",
      preferred_approaches: ["eclectic", "social-learning"],
      summary: "Inpatient detox, then residential rehabilitation as one stay.",
    },
  },
  yusuf: {
    substances: [
      ["Heroin", 26, "smoke", "Half a gram", 19],
      ["Crack cocaine", 8, "smoke", "2 rocks", 23],
    ],
    says: {
      ...calm,
      injecting: "before",
      overdose_ever: true,
      overdose_last_year: true,
      physical_health: "Hepatitis C, not treated yet.",
      liver_disease: true,
      offending: "On licence until next month.",
      housing: "problem",
      employment: "none",
      wants: "Six months without, and my mother's door open again.",
      preferred_approaches: ["therapeutic-community"],
      summary: "Detox with prescribed withdrawal, then rehabilitation.",
    },
  },
  bronwen: {
    substances: [
      ["Cocaine powder", 15, "sniff", "1 g", 20],
      ["Alcohol", 18, "oral", "A bottle of wine", 15],
    ],
    says: {
      ...calm,
      risk_of_violence_at_home: true,
      risk_note: "Cerys's father found them once. Address is known to nobody outside.",
      psychological_health: "Nightmares; takes sleeping tablets most nights.",
      housing: "problem",
      employment: "caring",
      children_at_home: 1,
      children_safeguarding: "Child in need plan; social worker visits every two weeks.",
      wants: "To stay off everything, for Cerys and me.",
      wants_women_only: true,
      wants_child_with: true,
      summary: "Women-only residential place where a child can live too.",
    },
  },
  marek: {
    substances: [
      ["Alcohol", 27, "oral", "A bottle of vodka", 16],
      ["Other opioids", 10, "oral", "Co-codamol, 12 tablets", 38],
    ],
    says: {
      ...calm,
      physical_health: "Back injury at work; pain most days.",
      access_kinds: ["step-free"],
      access_needs: "No stairs on bad days",
      language_needs: "Polish, with an interpreter",
      housing: "settled",
      employment: "none",
      wants: "To work the twelve steps as my brother did.",
      preferred_approaches: ["12-step"],
      summary: "Residential, 12-step; interpreter for keywork and groups.",
    },
  },
  leanne: {
    substances: [["Heroin", 24, "smoke", "1 g", 21]],
    says: {
      ...calm,
      injecting: "before",
      overdose_ever: true,
      physical_health: "Teeth need work.",
      housing: "none",
      employment: "none",
      wants: "A year by June.",
      preferred_approaches: ["therapeutic-community", "social-learning"],
      summary: "Rehabilitation, then second stage with supported accommodation.",
    },
  },
  dominic: {
    substances: [
      ["Ketamine", 16, "sniff", "3 g", 17],
      ["Alcohol", 10, "oral", "6 pints", 15],
    ],
    says: {
      ...calm,
      psychological_health: "Grew up with violence; wants counselling for it.",
      physical_health: "Bladder pain; urology has seen him.",
      housing: "problem",
      employment: "education",
      wants: "To keep the college place.",
      preferred_approaches: ["social-learning"],
      summary: "Rehabilitation, then second stage near the college.",
    },
  },
  segun: {
    substances: [["Crack cocaine", 20, "smoke", "4 rocks", 26]],
    says: {
      ...calm,
      housing: "problem",
      employment: "none",
      children_at_home: 0,
      wants: "To go home to Folake and the boys.",
      preferred_approaches: ["faith-based", "12-step"],
      summary: "Rehabilitation, then second stage and aftercare.",
    },
  },
  pauline: {
    substances: [["Alcohol", 28, "oral", "A bottle of sherry", 40]],
    says: {
      ...calm,
      physical_health: "Cirrhosis, stable; clinic every six months.",
      access_kinds: ["hearing"],
      liver_disease: true,
      housing: "settled",
      employment: "unable",
      wants: "To be sober on the anniversary, and for the grandchildren.",
      summary: "Inpatient detox, then community treatment.",
    },
  },
  kieran: {
    substances: [
      ["Heroin", 28, "inject", "1 g", 18],
      ["Crack cocaine", 20, "inject", "3 rocks", 22],
    ],
    says: {
      ...calm,
      injecting: "now",
      sharing: true,
      overdose_ever: true,
      overdose_last_year: true,
      risk_to_self: "high",
      risk_note: "Two overdoses this year, one alone. Says he would not have minded.",
      physical_health: "Leg ulcer; does not keep the dressing appointments.",
      housing: "none",
      employment: "none",
      wants: "To get through the detox.",
      summary: "Inpatient detox. Naloxone with him at all times.",
    },
  },
  callum: {
    substances: [
      ["Heroin", 28, "inject", "1 g", 20],
      ["Crack cocaine", 14, "inject", "2 rocks", 22],
    ],
    says: {
      injecting: "now",
      sharing: false,
      overdose_ever: true,
      housing: "problem",
      offending: "Arrested for shoplifting; sees probation every week.",
      offending_now: true,
    },
  },
  desmond: {
    substances: [["Alcohol", 22, "oral", "8 cans", 19]],
    says: {
      ...calm,
      housing: "settled",
      employment: "work",
      wants: "To cut down before it costs me the job.",
      summary: "Community treatment after work hours.",
    },
  },
};

/** People of the agency in Missouri. */
export const foundInMissouri: Record<string, Found> = {
  maria: {
    substances: [["Other opioids", 12, "oral", "Oxycodone, 40 mg", 27]],
    says: {
      ...calm,
      language_needs: "Spanish, with an interpreter",
      housing: "settled",
      employment: "caring",
      children_at_home: 0,
      children_safeguarding: "Two children with their grandmother; reunification is planned.",
      wants: "To have my children back with me full time.",
      wants_women_only: true,
      summary: "Outpatient, women and children; family work with Rosa.",
    },
  },
  james: {
    substances: [["Alcohol", 19, "oral", "A pint of whiskey", 17]],
    says: {
      ...calm,
      physical_health: "High blood pressure. Hard of hearing on the left.",
      offending: "One DWI; reports to probation monthly.",
      housing: "settled",
      employment: "work",
      wants: "A way through the weekends.",
      summary: "Outpatient; weekends are the hard part.",
    },
  },
  tasha: {
    substances: [["Methamphetamine", 16, "smoke", "A quarter gram", 24]],
    says: {
      ...calm,
      injecting: "before",
      housing: "problem",
      employment: "none",
      wants: "To get through the first ninety days.",
      summary: "Outpatient with housing support.",
    },
  },
  noah: {
    substances: [["Cannabis", 24, "smoke", "Vape through the day", 13]],
    says: {
      ...calm,
      housing: "settled",
      employment: "education",
      wants: "To finish tenth grade.",
      summary: "Adolescent outpatient with the school's counselor.",
    },
  },
  walter: {
    substances: [["Heroin", 3, "smoke", "One use", 41]],
    says: {
      ...calm,
      injecting: "before",
      overdose_ever: true,
      physical_health: "Chronic pain after a fall at work.",
      housing: "settled",
      employment: "unable",
      wants: "To stay on my medicine and manage the pain.",
      summary: "Opioid program; pain clinic is asked to join.",
    },
  },
  priya: {
    substances: [["Alcohol", 15, "oral", "A bottle of wine", 22]],
    says: {
      ...calm,
      risk_to_self: "some",
      psychological_health: "Low since the baby came; sees her doctor.",
      housing: "settled",
      employment: "caring",
      children_at_home: 1,
      children_safeguarding: "No concerns; her husband is at home in the evenings.",
      wants: "To be well for the baby.",
      summary: "Outpatient, women and children.",
    },
  },
  luis: {
    substances: [["Cocaine powder", 6, "sniff", "1 g", 23]],
    says: {
      ...calm,
      offending: "On probation for possession.",
      housing: "settled",
      employment: "work",
      wants: "To finish probation without a new charge.",
      summary: "Outpatient in the evenings.",
    },
  },
  hannah: {
    substances: [["Cannabis", 18, "smoke", "2 joints", 14]],
    says: {
      ...calm,
      housing: "settled",
      employment: "education",
      wants: "To cut down, then stop.",
      summary: "Adolescent outpatient; her father takes part.",
    },
  },
  grace: {
    substances: [["Alcohol", 25, "oral", "6 beers", 19]],
    says: {
      ...calm,
      housing: "settled",
      employment: "work",
      wants: "To keep what I have built.",
      summary: "Outpatient; close to the end of it.",
    },
  },
};
