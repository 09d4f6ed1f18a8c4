import type { Actor } from "../../modules/payout/actor"
import type { ImportCheck, ImportLineProblem } from "../../modules/payout/domain/import"
import type { PayoutModuleService } from "../../modules/payout/service"
import {
  type ImportFile,
  type ImportFileInput,
  contentOf,
  readImportFile,
} from "./read-import-file"

/** Reads a file and checks it as an import would; `problems` are those of both, by their lines. */
export async function checkImportFile(
  payouts: Pick<PayoutModuleService, "checkImport">,
  input: ImportFileInput,
  actor: Actor
): Promise<{ file: ImportFile; found: ImportCheck; problems: ImportLineProblem[] }> {
  const file = readImportFile(contentOf(input))
  const found = await payouts.checkImport(file.lines, actor, file.problems)
  const problems = [...file.problems, ...found.problems]
  return { file, found, problems: problems.sort((one, other) => one.line - other.line) }
}
