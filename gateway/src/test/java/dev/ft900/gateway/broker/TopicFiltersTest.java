package dev.ft900.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFiltersTest {
    @ParameterizedTest
    @CsvSource({
        "ft900/b/req/+, ft900/b/req/main, true",
        "ft900/b/req/+, ft900/b/req/+, true",
        "ft900/b/req/+, ft900/b/req/#, false",
        "ft900/b/req/+, ft900/+/req/main, false",
        "ft900/b/req/+, #, false",
        "ft900/b/req/+, ft900/b/req, false",
        "ft900/b/req/+, ft900/b/req/main/more, false",
        "ft900/b/req/+, ft900/c/req/main, false",
        "ft900/b/req/+, $share/g/ft900/b/req/+, false",
        "ft900/b/up, ft900/b/up, true",
        "ft900/b/up, ft900/B/up, false",
        "ft900/b/up, ft900//up, false"
    })
    void aFilterCoversWhatItMatchesWholly(String granted, String wanted, boolean covers) {
        assertThat(TopicFilters.covers(granted, wanted)).isEqualTo(covers);
    }
}
