import {
  type BreakerPolicy,
  type CircuitBreaker,
  createCircuitBreaker,
  defaultBreaker,
} from "./circuit-breaker"

/** The breakers of all hosts, by their origin such as `https://api.acme.example`. */
export type CircuitBreakers = {
  of(origin: string): CircuitBreaker
}

/**
 * One breaker for each host: whoever calls it learns from all others that it is away. Never forgets one: a
 * shop has a handful of hosts.
 *
 * @param clock milliseconds that only go forward
 */
export function createCircuitBreakers(
  policy: Partial<BreakerPolicy> = {},
  clock: () => number = () => performance.now()
): CircuitBreakers {
  const breakers = new Map<string, CircuitBreaker>()
  return {
    of: (origin) => {
      const breaker =
        breakers.get(origin) ?? createCircuitBreaker({ ...defaultBreaker, ...policy }, clock)
      breakers.set(origin, breaker)
      return breaker
    },
  }
}

/** Of this process: a gateway's payments and payouts, and all providers at one host, share its breaker. */
export const sharedBreakers = createCircuitBreakers()
