import type { AgencyProfile } from "./agency.ts";
import { englandStaff } from "./england-staff.ts";

/** The agency in England: a community team, a detox attached to a rehab, second stage, aftercare. */
export const england: AgencyProfile = {
  name: "Alderway Recovery",
  neutralName: "Alderway",
  phone: "01632 960140",
  address: "4 Alder Way, Quayside, Northport",
  intake: "Community Team",
  crisisLines: ["Samaritans 116 123", "NHS 111", "Emergency 999"],
  jurisdiction: "england",
  locale: "en-GB",
  timeZone: "Europe/London",
  issuer: "Professional body",
  programs: [
    { name: "Community Team", kind: "community" },
    { name: "Quayside Detox", kind: "detox" },
    { name: "Alder House", kind: "rehab" },
    { name: "Second Step", kind: "second-stage" },
    { name: "Aftercare", kind: "aftercare" },
  ],
  rooms: [
    { name: "Harbour room", setting: "office" },
    { name: "Garden room", setting: "office" },
    { name: "Group room", setting: "office" },
    { name: "Quayside lounge", setting: "residential" },
    { name: "Alder House family room", setting: "residential" },
    { name: "Second Step flat", setting: "community" },
    { name: "Video call", setting: "telehealth" },
    { name: "Phone", setting: "telephone" },
    { name: "At home", setting: "home" },
  ],
  staff: englandStaff,
  rates: [],
};
