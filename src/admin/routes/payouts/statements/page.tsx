import { defineRouteConfig } from "@medusajs/admin-sdk"
import { NewStatement } from "../../../components/bank-files/new-statement"
import { StatementDrawer, StatementsTable } from "../../../components/bank-files/statements-table"
import { Section } from "../../../components/section"
import { useAbilities } from "../../../lib/abilities"
import { useOpenedRow } from "../../../lib/table-state"
import { useWords } from "../../../lib/words"

/** A bank's statements: what they settle is looked at before it is settled; those of before are listed and opened. */
export default function Statements() {
  const { t } = useWords()
  const { may } = useAbilities()
  const { opened, open } = useOpenedRow()
  return (
    <div className="flex flex-col gap-y-3">
      {may?.("payout_transfer:approve") && (
        <Section isPage title={t("statements.title")} subtitle={t("statements.subtitle")}>
          <NewStatement onImported={open} />
        </Section>
      )}
      <Section title={t("statements.before.all")}>
        <StatementsTable />
      </Section>
      {opened !== null && <StatementDrawer id={opened} onClose={() => open(null)} />}
    </div>
  )
}

export const config = defineRouteConfig({
  label: "statements.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  rank: 60,
})
