import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Loaded } from "../../../components/problem"
import { useRuns } from "../../../components/reconciliation/api"
import { RunNow, RunsChart, RunsTable } from "../../../components/reconciliation/runs"
import { Section } from "../../../components/section"
import { useWords } from "../../../lib/words"
import { SubtleText } from "../../../components/text"

/** So many runs are shown, and drawn. */
const shown = 50

/** What the questions to the gateways about payments without a message came to. */
export default function Reconciliation() {
  const { t } = useWords()
  return (
    <Section
      isPage
      title={t("reconciliation.title")}
      subtitle={t("reconciliation.subtitle")}
      actions={<RunNow />}
    >
      <Loaded answer={useRuns(shown)}>
        {({ runs }) =>
          runs.length === 0 ? (
            <SubtleText className="px-6 py-8 text-center">{t("reconciliation.empty")}</SubtleText>
          ) : (
            <>
              <RunsChart runs={runs} />
              <RunsTable runs={runs} />
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

export const config = defineRouteConfig({
  label: "reconciliation.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
})
