package dev.ft900.ca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CHIPID says. */
class ChipTest {
    @ParameterizedTest
    @CsvSource({
        "0x09000001, FT900 revision B",
        "0x09000000, FT900 revision B",
        "0x09000002, FT900 revision C",
        "0x09080002, FT908 revision C",
        "0x09300001, unknown revision B"
    })
    void isReadAsTheVendorsSdkDoes(String chipId, String words) {
        assertThat(Chip.of(Integer.decode(chipId))).hasToString(words);
    }
}
