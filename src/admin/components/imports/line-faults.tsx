import type { ImportCheck } from "./api"
import type { useImportWords } from "./words"

/** What is wrong with lines of a file: in the admin's language where there are words for it, and what stands in the line. */
export function lineFaults(
  problems: ImportCheck["problems"],
  { t }: Pick<ReturnType<typeof useImportWords>, "t">
) {
  return problems.map(({ line, message, code }) => ({
    line,
    what:
      code === undefined ? (
        message
      ) : (
        <>
          {t(`imports.faults.${code}`)}
          <span className="text-ui-fg-subtle block">{message}</span>
        </>
      ),
  }))
}
