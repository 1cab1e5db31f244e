import { describe, expect, test } from "vitest";
import {
  createSignInLimit,
  deviceCookie,
  knownDevice,
  type Try,
  WINDOW_MS,
} from "./sign-in-limit.ts";

let clock = 0;
const limit = () => createSignInLimit(() => clock);
const stranger = (email: string, address = "203.0.113.9"): Try => ({
  email,
  address,
  known: false,
  device: "",
});
const device = (email: string, mark = "mine"): Try => ({
  email,
  address: "203.0.113.9",
  known: true,
  device: mark,
});
const wrong = (limits: ReturnType<typeof limit>, at: Try, times: number) => {
  for (let tries = 0; tries < times; tries++) limits.begin(at);
};

describe("wrong tries", () => {
  test("ten at one account, from wherever, and it waits out the quarter hour", () => {
    const limits = limit();
    for (let tries = 0; tries < 10; tries++)
      limits.begin(stranger("ana@x.example", `198.51.100.${tries}`));
    expect(limits.wait(stranger(" ANA@x.example", "192.0.2.1"))).toBe(15);
    expect(limits.wait(stranger("ben@x.example", "192.0.2.1"))).toBe(0);
    clock += WINDOW_MS;
    expect(limits.wait(stranger("ana@x.example"))).toBe(0);
  });

  test("whoever guesses at every account is stopped, and nobody's own device is", () => {
    const limits = limit();
    for (let account = 0; account < 60; account++)
      limits.begin(stranger(`staff${account}@x.example`));
    expect(limits.wait(stranger("another@x.example"))).toBeGreaterThan(0);
    for (let account = 0; account < 60; account++) {
      wrong(limits, stranger(`staff${account}@x.example`, "192.0.2.7"), 10);
      expect(limits.wait(device(`staff${account}@x.example`))).toBe(0);
    }
  });

  test("a device that is known has its own ten", () => {
    const limits = limit();
    wrong(limits, device("ana@x.example"), 10);
    expect(limits.wait(device("ana@x.example"))).toBeGreaterThan(0);
    expect(limits.wait(device("ana@x.example", "another"))).toBe(0);
  });

  test("the right password ends the account's count and takes back its own from the address", () => {
    const limits = limit();
    for (let day = 0; day < 200; day++) {
      limits.begin(stranger("ana@x.example"));
      limits.right(stranger("ana@x.example"));
    }
    expect(limits.wait(stranger("ana@x.example"))).toBe(0);
    expect(limits.wait(stranger("ben@x.example"))).toBe(0);
  });
});

test("a device's cookie is for one account, and cannot be made without the secret", () => {
  const cookie = deviceCookie("secret", "ana@x.example", true, "m-1").split(";")[0] ?? "";
  expect(knownDevice("secret", "Ana@x.example ", `a=b; ${cookie}; c=d`)).toBe("m-1");
  expect(knownDevice("secret", "ben@x.example", cookie)).toBeNull();
  expect(knownDevice("another", "ana@x.example", cookie)).toBeNull();
  expect(knownDevice("secret", "ana@x.example", cookie.replace("m-1", "m-2"))).toBeNull();
  expect(knownDevice("secret", "ana@x.example", null)).toBeNull();
});
