package dev.ft900.protocol.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.dialect.IncomingRequest.Accepted;
import dev.ft900.protocol.dialect.IncomingRequest.Rejected;
import dev.ft900.protocol.dialect.IncomingRequest.Unanswerable;
import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.message.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCodecTest {
    private static IncomingRequest decode(String json) {
        return RequestCodec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void takesFieldsInAnyOrderWithAnyWhiteSpace() {
        var decoded = decode(" {'pin' : 12,\n'op':'gpio.get' , 'id':'a1'}\t");

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Accepted.class, a -> assertThat(a.request().command()).isInstanceOf(Command.ReadPad.class));
    }

    @Test
    void ignoresFieldsOfANewerPeer() {
        assertThat(decode("{'id':'a1','op':'status','later':'x','more':7}")).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {'id':'a','op':'gpio.get','pin':67}                                   | BAD_PIN
            {'id':'a','op':'gpio.get','pin':268}                                  | BAD_PIN
            {'id':'a','op':'gpio.get'}                                            | BAD_REQUEST
            {'id':'a','op':'gpio.get','pin':'12'}                                 | BAD_REQUEST
            {'id':'a','op':'gpio.set','boot':'00000001','pin':1,'val':2}          | BAD_VALUE
            {'id':'a','op':'gpio.set','boot':'00000001','pin':1,'dir':'sideways'} | BAD_VALUE
            {'id':'a','op':'gpio.set','boot':'00000001','pin':1}                  | BAD_VALUE
            {'id':'a','op':'gpio.set','pin':1,'val':1}                            | BAD_REQUEST
            {'id':'a','op':'gpio.set','boot':'0000000G','pin':1,'val':1}          | BAD_VALUE
            {'id':'a','op':'pads.set','boot':'00000001'}                          | BAD_REQUEST
            {'id':'a','op':'pads.set','boot':'00000001','hi':'8','lo':'8'}        | BAD_VALUE
            {'id':'a','op':'pads.set','boot':'00000001','hi':'80000000000000000'} | BAD_VALUE
            {'id':'a','op':'pads.set','boot':'00000001','hi':'0x1'}               | BAD_VALUE
            {'id':'a','op':'rtc.set','boot':'00000001'}                           | BAD_REQUEST
            {'id':'a','op':'uart.write','boot':'00000001','port':2,'text':'x'}    | BAD_VALUE
            {'id':'a','op':'uart.write','boot':'00000001','text':''}              | BAD_VALUE
            {'id':'a','op':'format.disk'}                                         | UNKNOWN_OPERATION
            {'id':'a'}                                                            | BAD_REQUEST
            """)
    void saysWhatIsWrongToAnAskerWithAnId(String json, ErrorCode expected) {
        assertThat(decode(json)).isInstanceOfSatisfying(Rejected.class, r -> assertThat(r.code())
                .isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "{}",
                "{'id':7,'op':'status'}",
                "{'id':'','op':'status'}",
                "{'id':'0123456789abcdefg','op':'status'}",
                "{'id':'a b','op':'status'}",
                "{'id':'a','id':'b','op':'status'}",
                "{'id':'a','op':'status'}{}",
                "{'id':'a','op':'status','x':{}}",
                "{'id':'a','op':'status','x':[]}",
                "{'id':'a','op':'status','x':null}",
                "{'id':'a','op':'status','x':true}",
                "{'id':'a','op':'status','x':-1}",
                "{'id':'a','op':'status','x':1.0}",
                "{'id':'a','op':'status','x':1e3}",
                "{'id':'a','op':'status','x':01}",
                "{'id':'a','op':'status','x':4294967296}",
                "{'id':'a','op':'status','x':99999999999999999999}",
            })
    void dropsWhatIsNoFlatObjectWithAnId(String json) {
        assertThat(decode(json)).isInstanceOf(Unanswerable.class);
    }

    @Test
    void dropsPayloadsOverTheLimitBrokenUtf8AndOtherEncodings() {
        var long257 = "{'id':'a','op':'status','x':'" + "y".repeat(226) + "'}";
        assertThat(long257).hasSize(257);

        assertThat(decode(long257)).isInstanceOf(Unanswerable.class);
        assertThat(decode(long257.replace("yy'", "y'"))).isInstanceOf(Accepted.class);
        assertThat(RequestCodec.decode(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}))
                .isInstanceOf(Unanswerable.class);
        assertThat(RequestCodec.decode("{\"id\":\"a\",\"op\":\"status\"}".getBytes(StandardCharsets.UTF_16BE)))
                .isInstanceOf(Unanswerable.class);
    }

    @Test
    void dropsObjectsWithTooManyFields() {
        var json = new StringBuilder("{'id':'a','op':'status'");
        for (int i = 0; i < 15; i++) {
            json.append(",'f").append(i).append("':1");
        }

        assertThat(decode(json + "}")).isInstanceOf(Unanswerable.class);
    }
}
