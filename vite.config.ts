import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [reactRouter()],
  cacheDir: process.env.VITE_CACHE ?? "node_modules/.vite",
  // The server's alone; while a page is looked through for what it imports, it is found all the same.
  optimizeDeps: { exclude: ["@duckdb/node-api"] },
  build: { sourcemap: false, chunkSizeWarningLimit: 1500 },
  ssr: {
    // Their style sheets are imported from modules, which Node itself cannot read.
    noExternal: [/^@mantine\//],
  },
});
