import { useParams } from "react-router-dom"
import { useBankFile } from "../../../../components/bank-files/api"
import { BankFileFacts, DownloadBankFile } from "../../../../components/bank-files/bank-file-facts"
import { Loaded } from "../../../../components/problem"
import { Section } from "../../../../components/section"
import { useWords } from "../../../../lib/words"

/** One file for the bank: what it holds, what became of it, and who had it. */
export default function OneBankFile() {
  const { t } = useWords()
  const { id = "" } = useParams()
  const file = useBankFile(id)
  return (
    <Section
      isPage
      title={file.data?.file_name ?? t("bankFiles.file")}
      actions={file.data && <DownloadBankFile file={file.data} />}
    >
      <Loaded answer={file} skeleton="h-60">
        {(one) => <BankFileFacts file={one} />}
      </Loaded>
    </Section>
  )
}
