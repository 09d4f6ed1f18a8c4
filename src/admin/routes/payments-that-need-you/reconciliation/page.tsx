import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { Problem } from "../../../components/problem"
import { useRuns } from "../../../components/reconciliation/api"
import { RunNow } from "../../../components/reconciliation/run-now"
import { RunsChart } from "../../../components/reconciliation/runs-chart"
import { RunsTable } from "../../../components/reconciliation/runs-table"
import { useWords } from "../../../lib/words"

/** So many runs are shown, and drawn. */
const shown = 50

/** What the questions to the gateways about payments without a message came to. */
export default function Reconciliation() {
  const { t } = useWords()
  const { data, error, refetch } = useRuns(shown)
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-col gap-3 px-6 py-4 md:flex-row md:items-start md:justify-between">
        <div>
          <Heading>{t("reconciliation.title")}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {t("reconciliation.subtitle")}
          </Text>
        </div>
        <RunNow />
      </div>
      {data ? (
        data.runs.length === 0 ? (
          <Text size="small" className="text-ui-fg-subtle px-6 py-8 text-center">
            {t("reconciliation.empty")}
          </Text>
        ) : (
          <>
            <RunsChart runs={data.runs} />
            <RunsTable runs={data.runs} />
          </>
        )
      ) : error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton className="m-6 h-40" />
      )}
    </Container>
  )
}

export const config = defineRouteConfig({
  label: "reconciliation.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
})
