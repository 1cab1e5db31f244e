import { useRouteLoaderData } from "react-router";
import { ageOn, type Day, formatDay } from "../kernel/day.ts";
import { formatterOf } from "../kernel/formatter.ts";
import { formatTime, type TimeOfDay } from "../kernel/time.ts";
import { may, type Permission } from "../people/access.ts";
import type { RootData } from "./services.ts";
import { type Words, wordsOf } from "./words.ts";

/** Who is signed in; throws on a page that nobody needs to be signed in for. */
export function useMe() {
  const root = useRouteLoaderData<RootData>("root");
  if (!root?.me) throw new Error("nobody is signed in");
  return root.me;
}

/** The words of the agency's locale. */
export function useWords(): Words {
  return wordsOf(useMe().agency.locale);
}

type Born = { date_of_birth: string | null; born_about?: number | null };

/** Shows days, times and instants the way the agency's country and time zone do. */
export function useDates() {
  const { locale, timeZone } = useMe().agency;
  return {
    day: (day: string) => formatDay(day as Day, locale),
    /** When somebody was born, with their age on a day where one is given; or that nobody knows yet. */
    born: (person: Born, on?: string) => {
      const { date_of_birth, born_about } = person;
      if (date_of_birth) {
        const day = formatDay(date_of_birth as Day, locale);
        return on ? `${day} (${ageOn(date_of_birth as Day, on as Day)})` : day;
      }
      const about = on && born_about ? `about ${Number(on.slice(0, 4)) - born_about}, ` : "";
      return `${about}date of birth not known`;
    },
    weekday: (day: string) =>
      formatDay(day as Day, locale, { weekday: "short", day: "numeric", month: "short" }),
    month: (day: string) => formatDay(day as Day, locale, { month: "short", year: "2-digit" }),
    time: (time: string) => formatTime(time as TimeOfDay, locale),
    clock: (at: string) =>
      formatterOf(locale, { hour: "numeric", minute: "2-digit", timeZone }).format(new Date(at)),
    instant: (at: string | Date) =>
      formatterOf(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(
        new Date(at),
      ),
  };
}

/** Whether to offer what another page would refuse anyway. */
export function useMay(): (permission: Permission) => boolean {
  const { roles } = useMe();
  return (permission) => may(roles, permission);
}
