import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

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
  // White reads on both (4.7 to 1 at least), and 7 still stands out from a dark page.
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.3,
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
    // A table wider than the screen is scrolled by keyboard too.
    TableScrollContainer: {
      defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } },
    },
    // Mantine's own grey for it is below what everybody can read.
    FileInput: {
      defaultProps: { styles: { placeholder: { color: "var(--mantine-color-dimmed)" } } },
    },
    Modal: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Badge: { defaultProps: { variant: "light", tt: "none", fw: 500 } },
    Paper: { defaultProps: { withBorder: true, p: "md" } },
  },
});

const deepened = "red orange yellow lime green teal cyan blue indigo violet grape pink".split(" ");

/** Text in Mantine's own shades is too faint to be read by everybody: WCAG asks for 4.5 to 1. */
export const readable: CSSVariablesResolver = () => {
  const deep = (color: string) => `color-mix(in srgb, var(--mantine-color-${color}-9) 70%, black)`;
  const light = deepened.flatMap((color) =>
    ["light-color", "outline", "text"].map((use) => [
      `--mantine-color-${color}-${use}`,
      deep(color),
    ]),
  );
  return {
    variables: {},
    light: {
      ...Object.fromEntries(light),
      "--mantine-color-dimmed": "#5c646c",
      "--mantine-color-error": deep("red"),
    },
    dark: {
      "--mantine-color-dimmed": "#a5a5a5",
      "--mantine-color-error": "var(--mantine-color-red-5)",
    },
  };
};
