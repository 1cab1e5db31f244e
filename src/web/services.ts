import { createContext } from "react-router";
import type { Clock } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import type { Role } from "../people/access.ts";
import type { Shelved } from "../policy/shelf.ts";
import type { Database } from "../storage/database.ts";
import type { SignIn } from "./sign-in.ts";
import type { SignInLimit } from "./sign-in-limit.ts";

/** What the server hands to every request. */
export type Services = {
  database: Database;
  signIn: SignIn;
  clock: Clock;
  /** The bulletins that were loaded and checked at start, with their worked cases. */
  shelf: readonly Shelved[];
  /** The code the console printed for the first administrator; null once an agency exists. */
  setupCode: string | null;
  address: string;
  /** Where the request came from. */
  remote: string;
  /** Wrong tries to sign in. */
  signInLimit: SignInLimit;
  /** Of this response's content security policy. */
  nonce: string;
  /** Who asks: looked up once a request, whoever wants to know first. */
  me?: Promise<Me | null>;
};

/** The member of staff who is signed in, and their agency. */
export type Me = {
  staffId: string;
  name: string;
  roles: readonly Role[];
  /** The account still has the password that an administrator handed over. */
  mustChangePassword: boolean;
  agency: {
    id: string;
    name: string;
    neutralName: string;
    phone: string | null;
    jurisdiction: string;
    /** Bulletins it chose to be judged by; none: all of its jurisdiction. */
    bulletins?: readonly {
      jurisdiction: string;
      number: string;
      from: Day;
      until: Day | null;
    }[];
    locale: "en-US" | "en-GB";
    timeZone: string;
    cosignAssociates: boolean;
    /** The exact notice of 42 CFR 2.32, once an administrator has loaded it. */
    redisclosureNotice: string | null;
  };
};

/** What every page knows: who is signed in, what was done just before, whether care is judged here. */
export type RootData = { me: Me | null; done: string | null; judgesCare: boolean };

export const servicesContext = createContext<Services>();
