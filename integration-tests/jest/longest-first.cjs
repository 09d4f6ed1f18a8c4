const Sequencer = require("@jest/test-sequencer").default

/** The spec files that take longest, the longest first, as they were measured on two cores. */
const longest = [
  "http/cards-and-codes.spec.ts",
  "http/mocasa.spec.ts",
  "http/exceptions.spec.ts",
  "http/every-gateway.spec.ts",
  "http/models.spec.ts",
  "http/permissions.spec.ts",
  "strangers-text.unit.spec.ts",
  "start-postgres.unit.spec.mjs",
  "conformance/paymentz-manual.spec.ts",
  "conformance/paymentz-rest.spec.ts",
  "deep/every-gateway.spec.ts",
  "deep/killed-servers.spec.ts",
  "deep/job-queries.spec.ts",
  "deep/floods.spec.ts",
  "deep/payout-model.spec.ts",
  "deep/money-model.spec.ts",
]

/**
 * Begins with what takes longest, so that no worker is left alone with it at the end. Jest knows durations from
 * earlier runs only, and goes by the sizes of the files on a fresh clone, where the longest are the smallest.
 */
class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = longest.findIndex((end) => path.endsWith(end))
      return place < 0 ? longest.length : place
    }
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b))
  }
}

module.exports = LongestFirst
