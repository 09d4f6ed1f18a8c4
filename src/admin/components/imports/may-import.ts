import type { ImportCheck } from "./api"

/** What somebody said of a file after its check. */
export type SaidOfFile = {
  /** The lines that are wrong may be left out. */
  allowsPart: boolean
  /** They looked at the import that made the very same lines: they are to be paid once more. */
  paysAgain: boolean
}

/** Whether a file that was checked can be imported as it stands. */
export function mayImport(
  { sums, problems, imported_before }: Pick<ImportCheck, "sums" | "problems" | "imported_before">,
  { allowsPart, paysAgain }: SaidOfFile
): boolean {
  const makesSomething = sums.some(({ count }) => count > 0)
  const isWhole = problems.length === 0 || allowsPart
  const isNew = imported_before === null || paysAgain
  return makesSomething && isWhole && isNew
}
