#pragma once
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

// libcurl's option functions are variadic, which Swift cannot call: one typed wrapper per kind of
// argument. The caller sees to it that the option takes that kind (curl/curl.h: CURLOPTTYPE_*).

typedef size_t (*courier_sink)(char *bytes, size_t size, size_t count, void *userdata);
typedef int (*courier_gate)(
    void *userdata, char *peer_address, char *own_address, int peer_port, int own_port);

typedef curl_socket_t (*courier_opener)(
    void *userdata, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode courier_setopt_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode courier_setopt_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl copies the text.
static inline CURLcode courier_setopt_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl keeps the pointer: it must outlive the transfer (CURLOPT_COPYPOSTFIELDS copies).
static inline CURLcode courier_setopt_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode courier_setopt_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode courier_setopt_sink(CURL *easy, CURLoption option, courier_sink value) {
    return curl_easy_setopt(easy, option, value);
}

// CURLOPT_PREREQFUNCTION: runs when the connection stands and before the first byte of the request.
static inline CURLcode courier_setopt_gate(CURL *easy, CURLoption option, courier_gate value) {
    return curl_easy_setopt(easy, option, value);
}

// CURLOPT_OPENSOCKETFUNCTION: decides about each address before it is connected to.
static inline CURLcode courier_setopt_opener(CURL *easy, CURLoption option, courier_opener value) {
    return curl_easy_setopt(easy, option, value);
}

// The address's bytes in network order into `bytes`, which holds 16; how many, 0 for another family.
static inline int courier_address_bytes(const struct curl_sockaddr *address, unsigned char *bytes) {
    if (address->family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)(const void *)&address->addr)->sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6) {
        memcpy(bytes, &((const struct sockaddr_in6 *)(const void *)&address->addr)->sin6_addr, 16);
        return 16;
    }
    return 0;
}

// As libcurl opens one itself: a program that is started meanwhile does not get it.
static inline curl_socket_t courier_open_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static inline CURLMcode courier_multi_setopt_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLcode courier_getinfo_long(CURL *easy, CURLINFO info, long *value) {
    return curl_easy_getinfo(easy, info, value);
}

static inline CURLcode courier_getinfo_pointer(CURL *easy, CURLINFO info, void **value) {
    return curl_easy_getinfo(easy, info, value);
}

// A message's union, which Swift sees as bytes.
static inline CURLcode courier_message_result(const CURLMsg *message) {
    return message->data.result;
}

// glibc declares it only under _GNU_SOURCE.
extern int pthread_setname_np(pthread_t thread, const char *name);

// Names the calling thread (at most 15 bytes) and blocks SIGPIPE on it: TLS may write to a socket
// whose other end has gone, which must be an error of that transfer, not the end of the process.
static inline void courier_settle_thread(const char *name) {
    pthread_setname_np(pthread_self(), name);
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, NULL);
}
