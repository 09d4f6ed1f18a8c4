import { Container } from "@medusajs/ui"
import { useParams } from "react-router-dom"
import { ApprovalDrawer } from "../../../../components/approvals/approval-drawer"
import { ApprovalsTable } from "../../../../components/approvals/approvals-table"
import { BatchFiles } from "../../../../components/bank-files/batch-files"
import { useBatch } from "../../../../components/batches/api"
import { BatchDecision } from "../../../../components/batches/batch-decision"
import { BatchFacts, BatchLines } from "../../../../components/batches/batch-facts"
import { useBatchWords } from "../../../../components/batches/words"
import { ExportButton } from "../../../../components/export-button"
import { Loaded } from "../../../../components/problem"
import { payoutsPath } from "../../../../components/payouts/api"
import { BackLink, Section } from "../../../../components/section"
import { useOpenedRow } from "../../../../lib/table-state"

/** One batch: what it adds up to, how far it is, and what this person can do about it. */
export default function OneBatch() {
  const { t, name } = useBatchWords()
  const { id = "" } = useParams()
  const { opened, open } = useOpenedRow()
  const batch = useBatch(id)
  return (
    <div className="flex flex-col gap-y-3">
      <Section
        isPage
        title={batch.data ? name(batch.data) : t("batches.one")}
        actions={
          <>
            <BackLink to="/payouts/batches">{t("batches.backToAll")}</BackLink>
            <ExportButton
              path={`${payoutsPath}/transfers`}
              filters={{ batch_id: id }}
              fileName="payout-transfers.csv"
            />
          </>
        }
      >
        <Loaded answer={batch} skeleton="h-60">
          {(one) => (
            <>
              <BatchFacts batch={one} />
              <BatchDecision batch={one} />
              <BatchLines batch={one} onOpen={open} />
            </>
          )}
        </Loaded>
      </Section>
      {batch.data && <BatchFiles batch={batch.data} />}
      {(batch.data?.waiting.count ?? 0) > 0 && (
        <Container className="divide-y p-0">
          <ApprovalsTable batchId={id} onOpen={open} />
        </Container>
      )}
      {opened !== null && <ApprovalDrawer id={opened} onClose={() => open(null)} />}
    </div>
  )
}
