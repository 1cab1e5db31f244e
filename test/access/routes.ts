import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Rule } from "../../src/people/access.ts";

const home = join(import.meta.dirname, "../..");

export type Module = {
  id: string;
  path: string;
  loads: Rule[];
  acts: Rule[] | null;
  hasLoader: boolean;
  /** True if it is a page or part of one; otherwise it answers with a file or data alone. */
  page: boolean;
  leaf: boolean;
};

/** The built routes with the rules their loaders and actions carry, from the outermost inwards. */
export function readRoutes(): Module[] {
  const script = `
    import { routes } from ${JSON.stringify(join(home, "build/server/index.js"))};
    const up = (route) => route.parentId && routes[route.parentId] ? [...up(routes[route.parentId]), route] : [route];
    const rule = (part) => part && (part.rule ?? "none");
    console.log(JSON.stringify(Object.values(routes).filter(({ id }) => id !== "root").map((route) => {
      const chain = up(route).filter(({ id }) => id !== "root");
      return {
        id: route.id,
        path: "/" + chain.map(({ path }) => path).filter(Boolean).join("/") + (route.index ? "?index" : ""),
        loads: chain.map(({ module }) => rule(module.loader)).filter(Boolean),
        acts: route.module.action ? [rule(route.module.action)] : null,
        hasLoader: Boolean(route.module.loader),
        page: Boolean(route.module.default),
        leaf: !Object.values(routes).some(({ parentId }) => parentId === route.id),
      };
    })));
    process.exit(0);`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  return JSON.parse(said.slice(said.indexOf("[{")));
}
