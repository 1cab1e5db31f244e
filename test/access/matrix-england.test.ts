import { walk } from "./matrix.ts";

walk("england");
