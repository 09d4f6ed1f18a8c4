import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Container } from "@medusajs/ui"
import { ImportsTable } from "../../../components/imports/imports-table"
import { NewImport } from "../../../components/imports/new-import"
import { Section } from "../../../components/section"
import { useAbilities } from "../../../lib/abilities"
import { useWords } from "../../../lib/words"

/** Files of transfers: a new one is checked, mended and imported; those of before are listed. */
export default function Imports() {
  const { t } = useWords()
  const { may } = useAbilities()
  return (
    <div className="flex flex-col gap-y-3">
      {may?.("payout_transfer:create") && (
        <Section isPage title={t("imports.title")} subtitle={t("imports.subtitle")}>
          <NewImport />
        </Section>
      )}
      <Container className="divide-y p-0">
        <ImportsTable />
      </Container>
    </div>
  )
}

export const config = defineRouteConfig({
  label: "imports.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  rank: 4,
})
