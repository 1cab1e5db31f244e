import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bulletin } from "../../policy/bulletin.ts";
import { Refusal } from "./refusal.ts";
import type { Summary } from "./summary.ts";
import type { UploadedFinding, UploadedReject } from "./uploaded.ts";

/** A file to audit in a process of its own: what goes wrong there ends no page, and it can be killed. */
export interface ChildJob {
  readonly lines: string;
  readonly credentials: string | null;
  readonly bulletin: Bulletin;
  /** A folder for what is made on the way. */
  readonly folder: string;
}

export type Ask =
  | { readonly ask: "audit"; readonly job: ChildJob }
  | { readonly ask: "findings"; readonly offset: number; readonly most: number }
  | { readonly ask: "rejects"; readonly most: number };

export type Answer =
  | { readonly answer: "progress"; readonly share: number; readonly doing: string }
  | { readonly answer: "audited"; readonly summary: Summary; readonly warnings: readonly string[] }
  | {
      readonly answer: "findings";
      readonly findings: readonly UploadedFinding[];
      readonly next: number | null;
    }
  | { readonly answer: "rejects"; readonly rejects: readonly UploadedReject[] }
  /** `refusal`: what whoever uploaded it can mend; null: a fault of ours. */
  | { readonly answer: "failed"; readonly refusal: string | null };

type Named<Name extends Answer["answer"]> = Extract<Answer, { answer: Name }>;

/** The process at work. */
export interface Child {
  readonly audit: (
    job: ChildJob,
    progress: (share: number, doing: string) => void,
  ) => Promise<Named<"audited">>;
  readonly findings: (range: { offset: number; most: number }) => Promise<Named<"findings">>;
  readonly rejects: (most: number) => Promise<Named<"rejects">>;
  readonly end: () => void;
}

/** Starts the process; `stop` kills it, and whoever waits for it is told by an error. */
export function startChild(stop: AbortSignal): Child {
  const child = fork(join(ownFolder(), "in-child.ts"), {
    serialization: "advanced",
    execArgv: [],
    stdio: ["ignore", "ignore", process.env.THROUGHCARE_DEBUG ? "inherit" : "ignore", "ipc"],
  });
  const end = () => child.kill("SIGKILL");
  stop.addEventListener("abort", end, { once: true });

  function ask(question: Ask, progress: (share: number, doing: string) => void = () => {}) {
    return new Promise<Answer>((resolve, reject) => {
      const hear = (answer: Answer) => {
        if (answer.answer === "progress") return progress(answer.share, answer.doing);
        settle();
        if (answer.answer !== "failed") return resolve(answer);
        reject(
          answer.refusal === null ? new Error("the audit failed") : new Refusal(answer.refusal),
        );
      };
      const gone = () => {
        settle();
        reject(new Error("the process of the audit ended"));
      };
      const settle = () => {
        child.off("message", hear as (message: unknown) => void);
        child.off("exit", gone);
        child.off("error", gone);
      };
      child.on("message", hear as (message: unknown) => void);
      child.on("exit", gone);
      child.on("error", gone);
      if (stop.aborted || child.exitCode !== null || child.signalCode !== null) return gone();
      child.send(question);
    });
  }
  return {
    audit: async (job, progress) =>
      (await ask({ ask: "audit", job }, progress)) as Named<"audited">,
    findings: async (range) => (await ask({ ask: "findings", ...range })) as Named<"findings">,
    rejects: async (most) => (await ask({ ask: "rejects", most })) as Named<"rejects">,
    end: () => {
      stop.removeEventListener("abort", end);
      end();
    },
  };
}

/** This folder as source: the pages run from a build, and the child is run from source like the commands. */
function ownFolder(): string {
  const inside = join("src", "compliance", "audit");
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, inside))) return join(folder, inside);
    if (folder === dirname(folder)) throw new Error("the sources of the audit are not there");
  }
}
