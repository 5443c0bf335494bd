#ifndef AZURE_CCURL_SHIM_H
#define AZURE_CCURL_SHIM_H

#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

// Swift cannot call variadic C functions; these give libcurl's options a type each.

typedef size_t (*azure_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*azure_curl_seek_callback)(void *context, curl_off_t offset, int origin);

typedef int (*azure_curl_ready_callback)(
    void *context, char *peer, char *local, int peer_port, int local_port);

static inline CURLcode azure_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode azure_curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode azure_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode azure_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode azure_curl_set_data_callback(CURL *easy, CURLoption option, azure_curl_data_callback value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode azure_curl_set_seek_callback(CURL *easy, azure_curl_seek_callback value) {
    return curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLcode azure_curl_set_ready_callback(CURL *easy, azure_curl_ready_callback value) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLMcode azure_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline void azure_curl_multi_set_socket_callback(
    CURLM *multi, void *context, curl_socket_callback callback
) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, callback);
}

/// A pipe that neither end of waits, and that no other program inherits; 0 if it is there.
static inline int azure_curl_make_pipe(int ends[2]) {
    if (pipe(ends) != 0) return -1;
    for (int end = 0; end < 2; end++) {
        fcntl(ends[end], F_SETFL, O_NONBLOCK);
        fcntl(ends[end], F_SETFD, FD_CLOEXEC);
    }
    return 0;
}

/// The handle and the result inside a message; the result is in a union, which Swift sees poorly.
static inline CURLcode azure_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}

#endif
