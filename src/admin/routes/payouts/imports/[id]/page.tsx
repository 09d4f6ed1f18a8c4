import { useParams } from "react-router-dom"
import { useImport } from "../../../../components/imports/api"
import { EndImport, ImportFacts } from "../../../../components/imports/import-facts"
import { Loaded } from "../../../../components/problem"
import { BackLink, Section } from "../../../../components/section"
import { useWords } from "../../../../lib/words"

/** One file of transfers: what was made of it, what became of that since, and the way out where it broke off. */
export default function OneImport() {
  const { t } = useWords()
  const { id = "" } = useParams()
  const found = useImport(id)
  return (
    <Section
      isPage
      title={found.data?.file_name ?? t("imports.one")}
      actions={<BackLink to="/payouts/imports">{t("imports.backToAll")}</BackLink>}
    >
      <Loaded answer={found} skeleton="h-60">
        {(one) => (
          <>
            <ImportFacts found={one} />
            <EndImport found={one} asOf={found.dataUpdatedAt} />
          </>
        )}
      </Loaded>
    </Section>
  )
}
