import { walk } from "./matrix.ts";

walk("us-mo");
