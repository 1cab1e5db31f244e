import { createTheme, type MantineColorsTuple } from "@mantine/core";

const tide: MantineColorsTuple = [
  "#ecf7f7",
  "#d9ecec",
  "#aed8d8",
  "#80c3c4",
  "#5bb1b3",
  "#43a6a8",
  "#33989b",
  "#1f7f83",
  "#0e6a6e",
  "#00565a",
];

/** Calm, dense enough for a day's work, and of one colour that means "go on". */
export const theme = createTheme({
  primaryColor: "tide",
  primaryShade: { light: 8, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  colors: { tide },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.5rem" }, h2: { fontSize: "1.15rem" }, h3: { fontSize: "1rem" } },
  },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Table: { defaultProps: { verticalSpacing: "xs", horizontalSpacing: "sm" } },
    Badge: { defaultProps: { variant: "light", tt: "none", fw: 500 } },
    Paper: { defaultProps: { withBorder: true, p: "md" } },
  },
});
