import Testing

@testable import AzureEmulator

// The naming of sizes is documented by Azure, "Virtual machine sizes naming conventions"; the names are from its lists.
@Suite("Names of sizes of virtual machines")
struct VMSizeNameTests {
    @Test(
        "those of Azure are possible, whatever their case",
        arguments: [
            "standard_d2s_v3", "STANDARD_D2s_V3", "Standard_A1", "Basic_A1", "Standard_A2m_v2", "Standard_DS1_v2_Promo",
            "Standard_E64-16ds_v5", "Standard_NC24ads_A100_v4", "Standard_ND96isr_H100_v5", "Standard_HB176-144rs_v4",
            "Standard_M416-208ms_v2", "Standard_DC8as_cc_v5", "Standard_NV36adms_A10_v5", "Standard_FX12mds",
            "Standard_B2ats_v2", "Standard_M832ixs_v2", "Standard_NC80adis_H100_v5", "Standard_L80as_v3",
        ])
    func possible(name: String) {
        #expect(VMSizeName.isPossible(name))
    }

    // Azure/Batch#21: "Small" is a size of cloud services, and a pool of virtual machines cannot have it.
    @Test(
        "others are not",
        arguments: [
            "", "Small", "huge", "Standard", "Standard_", "Standard_D", "Standard_2", "Premium_D2s_v3", "D2s_v3",
            "Standard_D2s_", "Standard D2s v3", "Standard_D2s_v3 ", "Standard_D2-s_v3", "Standard_D-2s",
            "Standard_D2s_v\u{e9}",
            "Standard_D99999s_v3", "Standard_ABCDE2_v3", "standard_d2s_v3\0",
            String(repeating: "standard_d2_", count: 99),
        ])
    func impossible(name: String) {
        #expect(!VMSizeName.isPossible(name))
    }
}
