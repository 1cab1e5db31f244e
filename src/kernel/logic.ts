/**
 * Three-valued logic, the same as SQL's: null is *unknown*. False beats unknown, unknown beats true,
 * so a missing fact can break a rule's certainty but never satisfy it.
 */
export type Truth = boolean | null;

export function not(a: Truth): Truth {
  return a === null ? null : !a;
}

export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

export function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === null || b === null ? null : false;
}

/** True when there are none: nothing contradicts. */
export function all(truths: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const truth of truths) result = and(result, truth);
  return result;
}

/** False when there are none: nothing vouches. */
export function any(truths: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const truth of truths) result = or(result, truth);
  return result;
}
