import { createContext } from "react";

/** This response's nonce, on the server; the browser hides it from scripts, so there it is empty. */
export const NonceContext = createContext("");
