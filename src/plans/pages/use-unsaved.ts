import { useEffect, useMemo, useRef } from "react";

/** Whether something was typed since the page was saved; asks before the window is closed on it. */
export function useUnsaved() {
  const typed = useRef(false);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (typed.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);
  return useMemo(
    () => ({
      mark: () => {
        typed.current = true;
      },
      clear: () => {
        typed.current = false;
      },
      stands: () => typed.current,
    }),
    [],
  );
}
