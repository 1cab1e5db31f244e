import { describe, expect, test } from "vitest";
import { getDay } from "../kernel/day.ts";
import { checkSigning, type Signing } from "./consent-form.ts";
import { whoSigns } from "./consent-law.ts";

const on = getDay("2026-03-04");
const adolescent = ["cstar-adolescent"];

describe("who signs a consent", () => {
  test("an adult signs alone, whatever the place and the program", () => {
    const born = getDay("2008-03-04");
    expect(whoSigns("us-mo", { born, on, programKinds: adolescent })).toEqual({
      mustSign: ["consumer"],
      because: null,
    });
    expect(whoSigns("atlantis", { born, on, programKinds: [] }).mustSign).toEqual(["consumer"]);
  });

  test("the day before that birthday a parent or guardian signs as well, and the page says it is assumed", () => {
    const who = whoSigns("us-mo", { born: getDay("2008-03-05"), on, programKinds: adolescent });
    expect(who.mustSign).toEqual(["consumer", "parent-or-guardian"]);
    expect(who.because).toContain("counsel");
  });

  test("in England somebody of 16 signs alone, somebody of 15 does not", () => {
    const at = (born: string) =>
      whoSigns("england", { born: getDay(born), on, programKinds: [] }).mustSign;
    expect(at("2010-03-04")).toEqual(["consumer"]);
    expect(at("2010-03-05")).toEqual(["consumer", "parent-or-guardian"]);
  });
});

describe("the signatures on a form", () => {
  const signing: Signing = {
    signedOn: on,
    validFrom: on,
    expiresOn: getDay("2027-03-04"),
    expiryEvent: null,
    consumerSigned: true,
    guardian: "Erin Fischer",
    evidence: "Birth certificate seen",
  };
  const both = { mustSign: ["consumer", "parent-or-guardian"] as const, because: "assumed" };
  const alone = { mustSign: ["consumer"] as const, because: null };
  const check = (over: Partial<Signing>, who: typeof both | typeof alone = both) =>
    checkSigning({ ...signing, ...over }, { name: "Noah Fischer", today: on, who });

  test("are kept with what shows that the guardian is one", () => {
    expect(check({})).toEqual({
      signers: [
        { as: "consumer", name: "Noah Fischer" },
        { as: "parent-or-guardian", name: "Erin Fischer", evidence: "Birth certificate seen" },
      ],
    });
  });
  test("are missed by field: the person's own, the guardian's, the evidence", () => {
    expect(check({ consumerSigned: false })).toHaveProperty("errors.consumer_signed");
    expect(check({ guardian: null })).toHaveProperty("errors.guardian");
    expect(check({ evidence: null })).toHaveProperty("errors.evidence");
  });
  test("leave a guardian's name out where nobody asks for one", () => {
    expect(check({}, alone)).toEqual({ signers: [{ as: "consumer", name: "Noah Fischer" }] });
  });
  test("need an end that is still to come, and days in their order", () => {
    expect(check({ expiresOn: null })).toHaveProperty("errors.expires_on");
    expect(check({ expiresOn: null, expiryEvent: "When I leave" })).toHaveProperty("signers");
    expect(check({ expiresOn: getDay("2026-03-03") })).toHaveProperty("errors.expires_on");
    expect(check({ signedOn: getDay("2026-03-05") })).toHaveProperty("errors.signed_on");
    expect(check({ validFrom: getDay("2026-03-03") })).toHaveProperty("errors.valid_from");
  });
});
