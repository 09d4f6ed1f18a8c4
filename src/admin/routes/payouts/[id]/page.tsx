import { useParams } from "react-router-dom"
import { useApproval } from "../../../components/approvals/api"
import { ToApprove } from "../../../components/approvals/approval-drawer"
import { BackLink, Section } from "../../../components/section"
import { Loaded } from "../../../components/problem"
import { usePayoutWords } from "../../../components/payouts/words"
import { PauseNotice } from "../../../components/sending/pause"
import { type TransferDetail, useTransfer } from "../../../components/transfers/api"
import { TransferActions } from "../../../components/transfers/transfer-actions"
import { TransferFacts, TransferHistory } from "../../../components/transfers/transfer-facts"

/** One transfer: what is sent to whom, who signed it, what became of it, and what can be done about it. */
export default function Transfer() {
  const { t } = usePayoutWords()
  const { id = "" } = useParams()
  const answer = useTransfer(id)
  return (
    <div className="flex flex-col gap-y-3">
      <PauseNotice />
      <Section
        isPage
        title={t("payouts.one")}
        actions={<BackLink to="/payouts">{t("payouts.backToAll")}</BackLink>}
      >
        <Loaded answer={answer} skeleton="h-60">
          {({ transfer }) => <Opened transfer={transfer} />}
        </Loaded>
      </Section>
      {answer.data?.transfer.status === "awaiting_approval" && <Waits key={id} id={id} />}
    </div>
  )
}

function Opened({ transfer }: { transfer: TransferDetail }) {
  return (
    <>
      <TransferActions key={transfer.id} transfer={transfer} />
      <TransferFacts transfer={transfer} />
      <TransferHistory transfer={transfer} />
    </>
  )
}

/** What an approval would sign, and whether this person may give it. */
function Waits({ id }: { id: string }) {
  const { t } = usePayoutWords()
  return (
    <Section title={t("approvals.one")} subtitle={t("payouts.secondPerson")}>
      <Loaded answer={useApproval(id)}>
        {(approval) => approval && <ToApprove approval={approval} onDone={() => undefined} />}
      </Loaded>
    </Section>
  )
}
