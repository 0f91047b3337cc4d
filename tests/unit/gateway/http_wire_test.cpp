// What the wire reader takes, and what it refuses because two readers could read it in two ways.
#include "gateway/http/wire.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hotline {
namespace {

// A stream that gives its bytes in pieces of the given size.
WireReader reader_of(std::string bytes, std::size_t piece = 7) {
  return WireReader(
      [bytes = std::move(bytes), at = std::size_t{0}, piece](char* out, std::size_t size) mutable {
        const auto give = std::min({piece, size, bytes.size() - at});
        bytes.copy(out, give, at);
        at += give;
        return give;
      });
}

std::string refusal_of(const std::string& head) {
  const auto request = parse_request_head(head);
  return request ? "taken" : request.error().expected;
}

TEST(RequestHead, IsReadIntoMethodPathQueryAndHeaders) {
  const auto request =
      parse_request_head("GET /v1/inbox?cursor=12&lang=fr%2DCA HTTP/1.1\r\nHost: a\r\nX-One:  two \r\n\r\n");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->method, "GET");
  EXPECT_EQ(request->path, "/v1/inbox");
  EXPECT_EQ(request->query_value("cursor"), "12");
  EXPECT_EQ(request->query_value("lang"), "fr-CA");
  EXPECT_EQ(*request->header("x-ONE"), "two");
}

TEST(RequestHead, IsRefusedWhenItCouldBeReadInTwoWays) {
  EXPECT_EQ(refusal_of("GET / HTTP/1.0\r\nHost: a\r\n\r\n"), "version");
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n\r\n"), "host");
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), "host");
  EXPECT_EQ(refusal_of("POST /?to=mx&to=us HTTP/1.1\r\nHost: a\r\n\r\n"), "target");
  EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: a\r\nIdempotency-Key: 1\r\nidempotency-key: 2\r\n\r\n"),
            "headers");
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n"),
            "headers");
  EXPECT_EQ(refusal_of("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"), "target");
  EXPECT_EQ(refusal_of("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"), "target");
  EXPECT_EQ(refusal_of("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"), "target");
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost : a\r\n\r\n"), "header");
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n"), "header");
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"), "header");
  EXPECT_EQ(refusal_of("G(T / HTTP/1.1\r\nHost: a\r\n\r\n"), "method");
  EXPECT_EQ(refusal_of("nonsense\r\n\r\n"), "request-line");
}

TEST(Framing, IsRefusedWithTwoLengthsOrLengthAndCoding) {
  EXPECT_FALSE(framing_of({{"Content-Length", "5"}, {"content-length", "5"}}));
  EXPECT_FALSE(framing_of({{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}));
  EXPECT_FALSE(framing_of({{"Transfer-Encoding", "gzip, chunked"}}));
  EXPECT_FALSE(framing_of({{"Content-Length", "+5"}}));
  EXPECT_FALSE(framing_of({{"Content-Length", "5, 5"}}));
  EXPECT_FALSE(framing_of({{"Content-Length", "99999999999999999999999"}}));
  EXPECT_EQ(framing_of({{"Content-Length", "5"}})->length, 5u);
  EXPECT_TRUE(framing_of({{"Transfer-Encoding", "chunked"}})->chunked);
}

TEST(WireReader, KeepsWhatBelongsToTheNextMessage) {
  auto reader = reader_of("GET /a HTTP/1.1\r\nHost: a\r\n\r\nbodyGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(parse_request_head(*reader.head(1000))->path, "/a");
  EXPECT_EQ(*reader.body({false, 4}, 100), "body");
  EXPECT_EQ(parse_request_head(*reader.head(1000))->path, "/b");
  EXPECT_EQ(*reader.head(1000), "");
}

TEST(WireReader, JoinsChunksAndRefusesWhatIsNoChunk) {
  const Framing chunked{true, 0};
  EXPECT_EQ(*reader_of("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").body(chunked, 100), "abcde");
  for (const char* bad : {"3\r\nabcd\r\n0\r\n\r\n", "x\r\n", "3;name=value\r\nabc\r\n0\r\n\r\n", "3\r\nab",
                          "-1\r\n", "0\r\nTrailer: x\r\n\r\n"}) {
    EXPECT_FALSE(reader_of(bad).body(chunked, 100)) << bad;
  }
}

// A kilobyte of leading zeros is refused by its length, whether or not it arrives in one piece.
TEST(WireReader, BoundsTheLineOfAChunkHoweverItArrives) {
  const std::string most(63, '0');
  for (const std::size_t piece : {1u, 3u, 1000u}) {
    EXPECT_EQ(reader_of(most + "1\r\na\r\n0\r\n\r\n", piece).body({true, 0}, 100), "a");
    EXPECT_FALSE(reader_of(most + "001\r\na\r\n0\r\n\r\n", piece).body({true, 0}, 100)) << piece;
  }
}

TEST(WireReader, RefusesALengthAboveTheLimitWithoutReading) {
  bool asked = false;
  WireReader reader([&](char*, std::size_t) {
    asked = true;
    return std::size_t{0};
  });
  const auto body = reader.body({false, 50u << 20}, 1u << 20);
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().code, ErrorCode::request_too_large);
  EXPECT_FALSE(asked);
}

TEST(WireReader, RefusesChunksThatSumUpAboveTheLimit) {
  EXPECT_EQ(reader_of("3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n").body({true, 0}, 5).error().code,
            ErrorCode::request_too_large);
}

TEST(WireReader, RefusesAHeadThatDoesNotEnd) {
  EXPECT_EQ(reader_of(std::string(5000, 'a'), 100).head(1000).error().code, ErrorCode::request_too_large);
  EXPECT_EQ(reader_of("GET / HT").head(1000).error().expected, "cut-off");
}

TEST(RequestText, IsReadBackAsItWas) {
  HttpRequest request;
  request.method = "POST";
  request.path = "/v1/ä b";
  request.query = {{"to", "m&x"}, {"empty", ""}};
  request.headers = {{"X-One", "two"}};
  request.body = "{}";
  const auto text = request_text(request, "host:1");
  const auto read = parse_request_head(text.substr(0, text.find("\r\n\r\n") + 4));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->path, request.path);
  EXPECT_EQ(read->query, request.query);
  EXPECT_EQ(framing_of(read->headers)->length, 2u);
}

RC_GTEST_PROP(RequestHead, NeverFailsOnAnyBytes, (const std::string& bytes)) {
  (void)parse_request_head(bytes + "\r\n\r\n");
  auto reader = reader_of(bytes, 3);
  (void)reader.body({true, 0}, 64);
}

}  // namespace
}  // namespace hotline
