import type { useBatchWords } from "../batches/words"
import { RowLink } from "../row-link"
import type { StatementCheck } from "./api"

/** What of a statement has to be looked into, for a table of its lines. */
export function toldLines(
  told: StatementCheck["told"],
  { t }: Pick<ReturnType<typeof useBatchWords>, "t">
) {
  return told.map(({ kind, position, reference, transfer_id, message }) => ({
    line: position,
    what: (
      <>
        {t(`statements.kinds.${kind}`)} ·{" "}
        {transfer_id === null ? (
          reference
        ) : (
          <RowLink to={`/payouts/${transfer_id}`}>{reference}</RowLink>
        )}
        <span className="text-ui-fg-subtle block">{t(`statements.explained.${kind}`)}</span>
        <span className="text-ui-fg-subtle block">{message}</span>
      </>
    ),
  }))
}
