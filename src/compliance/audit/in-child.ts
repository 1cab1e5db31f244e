import { join } from "node:path";
import type { Answer, Ask, ChildJob } from "./child.ts";
import { onOneLine, Refusal } from "./refusal.ts";
import type { Summary } from "./summary.ts";
import { auditUpload, findUploadedFindings, findUploadedRejects } from "./uploaded.ts";

// The child's side of child.ts: it audits one file, then gives what it found a page at a time.

const tell = (answer: Answer) => process.send?.(answer);
/** Nobody is left to tell. */
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

let out = "";

async function answer(ask: Ask): Promise<Answer> {
  switch (ask.ask) {
    case "audit":
      return { answer: "audited", ...(await audit(ask.job)) };
    case "findings":
      return { answer: "findings", ...(await findUploadedFindings(out, ask)) };
    case "rejects":
      return { answer: "rejects", rejects: await findUploadedRejects(out, ask.most) };
  }
}

async function audit(job: ChildJob): Promise<{ summary: Summary; warnings: readonly string[] }> {
  out = join(job.folder, "out");
  const warnings: string[] = [];
  const { lines, credentials, bulletin } = job;
  const summary = await auditUpload({
    ...{ lines, bulletin, folder: out, ...(credentials && { credentials }) },
    progress: (share, doing) => void tell({ answer: "progress", share, doing }),
    warn: (message) => warnings.push(onOneLine(message)),
  });
  return { summary, warnings };
}

process.on("message", (ask: Ask) => {
  answer(ask).then(tell, (error: unknown) => {
    // Anything but a refusal is a fault of ours, and its text may quote a record.
    const refusal = error instanceof Refusal ? error.message : null;
    if (process.env.THROUGHCARE_DEBUG) console.error(error);
    tell({ answer: "failed", refusal });
  });
});
