import type { Diagnostic } from "../diagnostic"
import { diagnostic } from "../diagnostic"

export type Versions = {
  /** Undefined where the shop has not installed it. */
  medusa: string | undefined
  framework: string | undefined
  node: string
}

/** Ranges as package.json has them, such as `^2.18.0`. */
export type PromisedVersions = { medusa: string; node: string }

/** Whether this version of Medusa and of Node.js is one that the package was made for. */
export function checkVersions(installed: Versions, promised: PromisedVersions): Diagnostic[] {
  return [...checkMedusa(installed, promised), checkNode(installed, promised)]
}

function checkMedusa({ medusa, framework }: Versions, promised: PromisedVersions): Diagnostic[] {
  if (medusa === undefined || framework === undefined) {
    return [
      diagnostic("version", "fault", "Medusa is not installed here", {
        remedy: "Run npm install in the folder of your Medusa store, and the doctor there",
      }),
    ]
  }
  return [
    isWithin(medusa, promised.medusa)
      ? diagnostic("version", "ok", `Medusa ${medusa} is within ${promised.medusa}`)
      : diagnostic("version", "fault", `Medusa ${medusa} is not within ${promised.medusa}`, {
          remedy: `Install a version of Medusa within ${promised.medusa}; this package was not tried with yours`,
        }),
    ...(medusa === framework
      ? []
      : [
          diagnostic(
            "version",
            "warning",
            `@medusajs/medusa is ${medusa}, and @medusajs/framework ${framework}`,
            { remedy: "Give all packages of Medusa one version in package.json" }
          ),
        ]),
  ]
}

function checkNode({ node }: Versions, promised: PromisedVersions): Diagnostic {
  return isWithin(node, promised.node)
    ? diagnostic("version", "ok", `Node.js ${node} is within ${promised.node}`)
    : diagnostic("version", "fault", `Node.js ${node} is not within ${promised.node}`, {
        remedy: `Install a version of Node.js within ${promised.node}`,
      })
}

/**
 * Whether a version is in a range of `^`, `>=`, `<` and exact versions, all of which have to hold. A pre-release counts as
 * its release: a shop that runs one does so on purpose.
 *
 * @throws Error for a range that is written in another way
 */
export function isWithin(version: string, range: string): boolean {
  return range
    .trim()
    .split(/\s+/)
    .every((comparator) => {
      const [, operator = "", bound = ""] =
        /^(\^|>=|<=|>|<|=?)v?(\d[\w.+-]*)$/.exec(comparator) ?? []
      if (bound === "") {
        throw new Error(`${range} is no range of versions that is understood here`)
      }
      const order = compareVersions(version, bound)
      switch (operator) {
        case "^":
          return order >= 0 && numbersOf(version)[0] === numbersOf(bound)[0]
        case ">=":
          return order >= 0
        case "<=":
          return order <= 0
        case ">":
          return order > 0
        case "<":
          return order < 0
        default:
          return order === 0
      }
    })
}

function compareVersions(one: string, other: string): number {
  const others = numbersOf(other)
  const [difference = 0] = numbersOf(one)
    .map((part, place) => part - (others[place] ?? 0))
    .filter((each) => each !== 0)
  return difference
}

function numbersOf(version: string): number[] {
  const [release = ""] = version.replace(/^v/, "").split(/[-+]/)
  const [major = 0, minor = 0, patch = 0] = release.split(".").map(Number)
  return [major, minor, patch]
}
