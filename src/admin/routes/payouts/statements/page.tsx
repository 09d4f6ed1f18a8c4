import { defineRouteConfig } from "@medusajs/admin-sdk"
import { NewStatement } from "../../../components/bank-files/new-statement"
import { StatementsTable } from "../../../components/bank-files/statements-table"
import { Section } from "../../../components/section"
import { useAbilities } from "../../../lib/abilities"
import { useWords } from "../../../lib/words"

/** A bank's statements: what they settle is looked at before it is settled; those of before are listed. */
export default function Statements() {
  const { t } = useWords()
  const { may } = useAbilities()
  return (
    <div className="flex flex-col gap-y-3">
      {may?.("payout_transfer:approve") && (
        <Section isPage title={t("statements.title")} subtitle={t("statements.subtitle")}>
          <NewStatement />
        </Section>
      )}
      <Section title={t("statements.before.all")}>
        <StatementsTable />
      </Section>
    </div>
  )
}

export const config = defineRouteConfig({
  label: "statements.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  rank: 60,
})
