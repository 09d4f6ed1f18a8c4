import { Button } from "@medusajs/ui"
import { LineTable } from "../line-table"
import type { BatchDetail } from "./api"
import { useBatchWords } from "./words"

/** The transfers of a batch that need a look of their own, each with why; a click lays one before who looks. */
export function BatchLines({
  batch: { held, edited, blocked, operations },
  onOpen,
}: {
  batch: BatchDetail
  onOpen: (id: string) => void
}) {
  const words = useBatchWords()
  const { t } = words
  // Where one reason is that of all, the rule has said it.
  const isOneReason = new Set(blocked.map(({ code }) => code)).size === 1
  const opening = (id: string, reference: string, why: string) => (
    <>
      <Button
        variant="transparent"
        size="small"
        className="-mx-2 max-w-full justify-start truncate"
        onClick={() => onOpen(id)}
      >
        {reference}
      </Button>
      <span className="text-ui-fg-subtle block">{why}</span>
    </>
  )
  return (
    <>
      <LineTable
        title={t("batches.lines.heldTitle")}
        said={held.map(({ line, transfer_id, reference, same_as_reference: other }) => ({
          line,
          what: opening(
            transfer_id,
            reference,
            other === null
              ? t("approvals.firstPayment.title")
              : t("batches.lines.held", { reference: other })
          ),
        }))}
      />
      <LineTable
        title={t("batches.lines.editedTitle")}
        said={edited.map(({ line, transfer_id, reference }) => ({
          line,
          what: opening(transfer_id, reference, t("approvals.changed.edited")),
        }))}
      />
      <LineTable
        title={t("batches.lines.blockedTitle")}
        said={(operations.approve.allowed || !isOneReason ? blocked : []).map(
          ({ line, transfer_id, reference, code, reason }) => ({
            line,
            what: opening(
              transfer_id,
              reference,
              words.whyNot({ why_not: reason, why_not_code: code })
            ),
          })
        )}
      />
    </>
  )
}
