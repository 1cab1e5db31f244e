type Line = { id: string; ended_at: Date | null };
type StrategyLine = Line & { trigger_id: string | null };

/**
 * The plan as it stands: each trigger with what to do about it, then what helps at any time. A
 * strategy whose trigger has ended helps at any time if it stands itself.
 */
export function standingPlan<T extends Line, S extends StrategyLine>(plan: {
  triggers: readonly T[];
  strategies: readonly S[];
}): { triggers: (T & { strategies: S[] })[]; anyTime: S[] } {
  const standing = plan.strategies.filter((strategy) => !strategy.ended_at);
  const triggers = plan.triggers
    .filter((trigger) => !trigger.ended_at)
    .map((trigger) => ({
      ...trigger,
      strategies: standing.filter((strategy) => strategy.trigger_id === trigger.id),
    }));
  const known = new Set(triggers.map((trigger) => trigger.id));
  return {
    triggers,
    anyTime: standing.filter((strategy) => !strategy.trigger_id || !known.has(strategy.trigger_id)),
  };
}
