import { InlineTip } from "@medusajs/ui"
import { useState } from "react"
import { useAbilities, useMyId } from "../../lib/abilities"
import { isConflict } from "../../lib/request-error"
import { DecisionForm, GivenApprovals } from "../approvals/decision"
import { useDoOnce } from "../ask-once"
import { LineTable } from "../line-table"
import {
  seenOf,
  useBatchCommand,
  type BatchApproval,
  type BatchCommand,
  type BatchDetail,
} from "./api"
import { useBatchWords } from "./words"
import { SubtleText } from "../text"

/**
 * What this person can do about a batch, each by one click that names how many transfers it is about and what they add up
 * to. What they may not do is said instead.
 */
export function BatchDecision({ batch }: { batch: BatchDetail }) {
  const words = useBatchWords()
  const { t } = words
  const { may } = useAbilities()
  const me = useMyId()
  const [approval, setApproval] = useState<BatchApproval>()
  const { decide, command, failure } = useDecide(batch, setApproval)
  if (!may || me === undefined) {
    return null
  }
  const { operations, waiting } = batch
  const isOwn = batch.created_by === me
  const said = words.said(waiting)
  const mayDecide = may("payout_transfer:approve")
  const mayWithdraw =
    operations.withdraw.allowed && may("payout_transfer:update") && (isOwn || waiting.count === 0) // what waits is rejected by others
  const left = approval && <Left approval={approval} />
  if (waiting.count === 0 && !mayWithdraw) {
    return left
  }
  return (
    <>
      {left}
      <DecisionForm
        draft={`payout-batch:${batch.id}:reject`}
        approve={
          operations.approve.allowed && mayDecide
            ? {
                label: t("batches.approve.label", said),
                run: async () => await decide({ verb: "approve" }),
              }
            : undefined
        }
        reject={
          operations.reject.allowed && mayDecide && !isOwn
            ? {
                label: t("batches.reject.label", said),
                run: async (reason) => await decide({ verb: "reject", reason }),
              }
            : undefined
        }
        withdraw={
          mayWithdraw
            ? {
                label: t(`batches.${withdrawal(batch)}.label`, words.said(batch)),
                run: async () => await decide({ verb: "withdraw" }),
              }
            : undefined
        }
        command={command}
        failure={failure}
      >
        {waiting.count > 0 && <Rule batch={batch} mayDecide={mayDecide} />}
      </DecisionForm>
    </>
  )
}

/** The two-person rule, as it is for this person and this batch. */
function Rule({ batch, mayDecide }: { batch: BatchDetail; mayDecide: boolean }) {
  const words = useBatchWords()
  const { t, count } = words
  const { operations, approvals, held, edited, blocked } = batch
  const alone = held.length + edited.length
  return (
    <>
      <SubtleText>
        {operations.approve.allowed
          ? t(mayDecide ? "batches.rule.mayApprove" : "approvals.rule.role")
          : words.whyNotApprove(batch)}
      </SubtleText>
      <GivenApprovals approvals={approvals} />
      {operations.approve.allowed && alone > 0 && (
        <InlineTip variant="warning" label={t("batches.rule.aloneLabel")}>
          {t("batches.rule.alone", { count: alone, number: count(alone) })}
        </InlineTip>
      )}
      {operations.approve.allowed && blocked.length > 0 && (
        <InlineTip variant="warning" label={t("batches.rule.blockedLabel")}>
          {t("batches.rule.blocked", { count: blocked.length, number: count(blocked.length) })}
        </InlineTip>
      )}
    </>
  )
}

/** What an approval left, each with why. */
function Left({ approval: { left } }: { approval: BatchApproval }) {
  const { t, whyLeft } = useBatchWords()
  return (
    <LineTable
      title={t("batches.left")}
      said={left.map(({ line, reference, code, reason }) => ({
        line,
        what: (
          <>
            {`${reference}: ${whyLeft(code)}`}
            <span className="text-ui-fg-subtle block">{reason}</span>
          </>
        ),
      }))}
    />
  )
}

/** Where some were sent or have ended, only the rest can be withdrawn. */
function withdrawal({ count, states }: BatchDetail): "withdraw" | "withdrawRest" {
  const notSent = (states.awaiting_approval ?? 0) + (states.approved ?? 0)
  return notSent === count ? "withdraw" : "withdrawRest"
}

/** Asks once and then does it; what it was refused with stands until the next try. */
function useDecide(batch: BatchDetail, onDone: (approval: BatchApproval | undefined) => void) {
  const words = useBatchWords()
  const { t, count } = words
  const doOnce = useDoOnce()
  const command = useBatchCommand(batch)
  const name = words.name(batch)
  const decide = async (what: BatchCommand): Promise<boolean> => {
    const { verb } = what
    const act = verb === "withdraw" ? withdrawal(batch) : verb
    const said = { ...words.said(verb === "withdraw" ? batch : batch.waiting), name }
    const seen = seenOf(batch)
    let approval: BatchApproval | undefined
    const isDone = await doOnce(
      {
        title: t(`batches.${act}.title`, said),
        description: t(`batches.${act}.ask`, said),
        confirm: t(`batches.${act}.label`, said),
        isDangerous: verb !== "approve",
      },
      async () => {
        approval = (await command.mutateAsync({ ...what, seen })).approval
      },
      t(`batches.${act}.done`, said)
    )
    if (isDone) {
      onDone(approval)
    }
    return isDone
  }
  const failure = (error: unknown) =>
    isConflict(error)
      ? t("batches.changedMeanwhile", {
          number: count(batch.count),
          sums: words.said(batch).sums,
        })
      : words.failure(error)
  return { decide, command, failure }
}
