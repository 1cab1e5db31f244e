import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes minutes, first, so that no core is idle at the end. */
const LONGEST = ["/test/journeys/", "/test/access/", "/test/setup/"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = sorted.filter(({ moduleId }) => LONGEST.some((room) => moduleId.includes(room)));
    return [...long, ...sorted.filter((file) => !long.includes(file))];
  }
}

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: ["test/support/cluster.ts"],
    // By itself it would leave one core free, which of two is half.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    // React as it is served: its checks for developers cost half of each page that is drawn.
    env: { NODE_ENV: "production" },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
