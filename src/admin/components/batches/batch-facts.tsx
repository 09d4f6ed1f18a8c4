import { Button, Text } from "@medusajs/ui"
import { formatTime } from "../../lib/format"
import { LineTable } from "../line-table"
import type { TransferState } from "../payouts/api"
import { StateBadge } from "../payouts/state-badges"
import { transferStates } from "../payouts/states"
import { SumsTable } from "../payouts/sums-table"
import { ProgressBar } from "../progress-bar"
import { Fact, FactLink } from "../section"
import type { Batch, BatchDetail } from "./api"
import { useBatchWords } from "./words"
import { SubtleText } from "../text"

/** What a batch is and adds up to, how far it is, and who approved it. */
export function BatchFacts({ batch }: { batch: BatchDetail }) {
  const words = useBatchWords()
  const { t, language, count } = words
  return (
    <>
      <div className="divide-y">
        <Fact label={t("batches.columns.count")}>{count(batch.count)}</Fact>
        <Fact label={t("batches.columns.source")}>
          {batch.import_id === null ? (
            t(`batches.sources.${batch.source}`)
          ) : (
            <FactLink to={`/payouts/imports/${batch.import_id}`}>
              {t(`batches.sources.${batch.source}`)}
            </FactLink>
          )}
        </Fact>
        <Fact label={t("approvals.signed.madeBy")}>
          {words.by(batch.created_by_name, batch.created_by, batch.created_at)}
        </Fact>
        {batch.send_at !== null && (
          <Fact label={t("batches.sendAt")}>{formatTime(batch.send_at, language)}</Fact>
        )}
        <Fact label={t("batches.columns.progress")}>
          <Progress batch={batch} />
        </Fact>
        {batch.audit_lines.length > 0 && (
          <Fact label={t("batches.decided")}>
            <ul className="flex flex-col gap-y-2">
              {batch.audit_lines.map(({ id, created_at, actor, actor_name, ...line }) => (
                <li key={id}>
                  {words.by(actor_name, actor, created_at)}
                  {line.note !== null && (
                    <SubtleText className="break-words">
                      {words.told(line.note, line.note_code, line.note_details)}
                    </SubtleText>
                  )}
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </div>
      <SumsTable sums={batch.sums} />
    </>
  )
}

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

/** Nothing more happens to these without a person. */
const ended: readonly TransferState[] = ["succeeded", "returned", "failed", "manual_review"]

/** How far the sending of a batch is, and how many transfers are in which state. */
export function Progress({ batch, isShort = false }: { batch: Batch; isShort?: boolean }) {
  const { t, count } = useBatchWords()
  const of = (state: TransferState) => batch.states[state] ?? 0
  const done = ended.reduce((all, state) => all + of(state), 0)
  const states = transferStates.filter((state) => of(state) > 0)
  const [only] = states
  if (isShort && only !== undefined && states.length === 1) {
    return <StateBadge state={only} />
  }
  const said = t("batches.progress.told", { done: count(done), total: count(batch.count) })
  return (
    <div className="flex min-w-[140px] flex-col gap-y-2">
      <Text size="small" leading="compact" {...(isShort ? {} : { role: "status" })}>
        {said}
      </Text>
      {batch.count > 0 && (
        <ProgressBar label={t("batches.progress.label")} done={done} total={batch.count} />
      )}
      {!isShort && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {states.map((state) => (
            <li key={state} className="txt-compact-small flex flex-wrap items-center gap-x-2">
              <StateBadge state={state} /> {count(of(state))}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
