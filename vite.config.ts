import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [reactRouter()],
  cacheDir: process.env.VITE_CACHE ?? "node_modules/.vite",
  build: { sourcemap: false, chunkSizeWarningLimit: 1500 },
  ssr: {
    // Their style sheets are imported from modules, which Node itself cannot read.
    noExternal: [/^@mantine\//],
  },
});
