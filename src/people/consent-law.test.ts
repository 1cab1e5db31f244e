import { describe, expect, test } from "vitest";
import { getDay } from "../kernel/day.ts";
import { checkSigning, type Signing } from "./consent-form.ts";
import { hasComeOfAge, type WhoSigns, whoSigns } from "./consent-law.ts";

const on = getDay("2026-03-04");
const adolescent = ["cstar-adolescent"];

describe("who signs a consent", () => {
  test("an adult signs alone, whatever the place and the program", () => {
    const born = getDay("2008-03-04");
    expect(whoSigns("us-mo", { born, on, programKinds: adolescent })).toEqual({
      mustSign: ["consumer"],
      oneIsEnough: false,
      because: null,
    });
    expect(whoSigns("atlantis", { born, on, programKinds: [] }).mustSign).toEqual(["consumer"]);
  });

  test("the day before that birthday a parent or guardian signs as well, and the page says it is assumed", () => {
    const who = whoSigns("us-mo", { born: getDay("2008-03-05"), on, programKinds: adolescent });
    expect(who.mustSign).toEqual(["consumer", "parent-or-guardian"]);
    expect(who.because).toContain("counsel");
  });

  test("in England somebody of 16 signs alone, and until 18 the page says it is assumed", () => {
    const at = (born: string) => whoSigns("england", { born: getDay(born), on, programKinds: [] });
    expect(at("2010-03-04")).toMatchObject({ mustSign: ["consumer"], oneIsEnough: false });
    expect(at("2010-03-04").because).toContain("16");
    expect(at("2008-03-04").because).toBeNull();
  });

  test("in England a younger person who understands signs, or somebody with parental responsibility", () => {
    const who = whoSigns("england", { born: getDay("2010-03-05"), on, programKinds: [] });
    expect(who).toMatchObject({
      mustSign: ["consumer", "parent-or-guardian"],
      oneIsEnough: true,
    });
    expect(who.because).toContain("Gillick");
  });

  test.each([
    ["us-mo", 18],
    ["england", 16],
  ])("%s: one signed before the birthday at %i is asked for again after it", (place, age) => {
    const born = getDay(`${2026 - age}-03-04`);
    const came = (signed: string, today: string) =>
      hasComeOfAge(place, { born, signed: getDay(signed), today: getDay(today) });
    expect(came("2026-03-03", "2026-03-04")).toBe(true);
    expect(came("2026-03-03", "2026-03-03")).toBe(false);
    expect(came("2026-03-04", "2026-04-01")).toBe(false);
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
    understands: null,
  };
  const both: WhoSigns = {
    ...{ mustSign: ["consumer", "parent-or-guardian"], oneIsEnough: false, because: "assumed" },
  };
  const either: WhoSigns = { ...both, oneIsEnough: true };
  const alone: WhoSigns = { mustSign: ["consumer"], oneIsEnough: false, because: null };
  const check = (over: Partial<Signing>, who: WhoSigns = both) =>
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
  test("where one is enough: the young person's, with what shows that they understand; or the other's", () => {
    const ownAlone = { guardian: null, evidence: null };
    expect(check(ownAlone, either)).toHaveProperty("errors.understands");
    expect(check({ ...ownAlone, understands: "Said it back" }, either)).toEqual({
      signers: [{ as: "consumer", name: "Noah Fischer", evidence: "Said it back" }],
    });
    expect(check({ consumerSigned: false }, either)).toEqual({
      signers: [
        { as: "parent-or-guardian", name: "Erin Fischer", evidence: "Birth certificate seen" },
      ],
    });
    expect(check({ consumerSigned: false, guardian: null }, either)).toHaveProperty(
      "errors.consumer_signed",
    );
  });
  test("need an end that is still to come, and days in their order", () => {
    expect(check({ expiresOn: null })).toHaveProperty("errors.expires_on");
    expect(check({ expiresOn: null, expiryEvent: "When I leave" })).toHaveProperty("signers");
    expect(check({ expiresOn: getDay("2026-03-03") })).toHaveProperty("errors.expires_on");
    expect(check({ signedOn: getDay("2026-03-05") })).toHaveProperty("errors.signed_on");
    expect(check({ validFrom: getDay("2026-03-03") })).toHaveProperty("errors.valid_from");
  });
});
